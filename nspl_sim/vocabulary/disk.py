"""Why a file or folder cannot be used, in words: what the system calls by number."""

import errno

from nspl_sim.vocabulary.text import text

REASONS = {
    errno.ENOENT: text("there is no such file or folder"),
    errno.EACCES: text("permission is denied"),
    errno.EPERM: text("permission is denied"),
    errno.EROFS: text("the disk can only be read"),
    errno.ENOSPC: text("the disk is full"),
    errno.EDQUOT: text("the disk is full for you: your share of it is used up"),
    errno.EISDIR: text("is a folder"),
    errno.ENOTDIR: text("is not a folder"),
    errno.EEXIST: text("is there already"),
    errno.ENAMETOOLONG: text("the name is too long"),
    errno.EIO: text("the disk does not answer as it should"),
}
