import GRDB
import Glibc
import Testing

@testable import Store

/// What the process must end for, and what it may wait for.
@Suite struct SQLiteErrorsTests {
    @Test(arguments: [
        (ResultCode.SQLITE_FULL, Int32(0)), (.SQLITE_IOERR_SHMSIZE, 0), (.SQLITE_IOERR_WRITE, ENOSPC),
        (.SQLITE_IOERR, EDQUOT),
    ])
    func `a full disk is full, whichever call meets it`(code: ResultCode, systemError: Int32) {
        #expect(sqlError(code: code, text: "x", systemError: systemError) == .full("x"))
    }

    @Test(arguments: [
        (ResultCode.SQLITE_IOERR_WRITE, Int32(EIO)), (.SQLITE_IOERR_FSYNC, ENOSPC), (.SQLITE_IOERR_DIR_FSYNC, ENOSPC),
        (.SQLITE_CORRUPT, ENOSPC), (.SQLITE_IOERR_READ, 0),
    ])
    func `a disk that failed has failed`(code: ResultCode, systemError: Int32) {
        #expect(sqlError(code: code, text: "x", systemError: systemError) == .storageFailed("x"))
    }
}
