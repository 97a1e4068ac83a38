import Domain
import Store
import Testing

@testable import Console

@Suite struct `What went wrong in the database` {
    @Test func `before anything was written may be asked again`() throws {
        let problem = try #require(APIProblem(SQLError.unavailable("connection refused")))

        #expect(problem.code == "unavailable")
        #expect(problem.message.en.contains("Nothing was changed"))
        #expect(problem.headers["Retry-After"] == "2")
    }

    @Test func `while it was being written is never called unchanged, nor meant to be repeated blindly`() throws {
        let lost = SQLError.commitUnknown("the connection broke")
        let problem = try #require(APIProblem(lost))

        #expect(problem.status == 503 && problem.code == "outcome_unknown")
        #expect(problem.message.en.contains("may have been done"))
        #expect(problem.headers["Retry-After"] == nil)
        #expect(ErrorAnswer.known(lost)?.message.en.contains("may have been done") == true)
        #expect(ErrorAnswer.known(SQLError.unavailable("connection refused")) == nil)
    }
}
