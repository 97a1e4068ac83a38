import Domain
import Foundation
import Sandbox
import Testing

@testable import CRM

@Suite(.timeLimit(.minutes(3))) struct SalesforceChangesTests {
    /// All pages from a cursor on, until there is no more.
    private func pages(
        _ rig: SalesforceRig, since start: String?
    ) async throws -> (contacts: [RemoteContact], cursor: String, pages: Int) {
        var (contacts, cursor): ([RemoteContact], String?) = ([], start)
        for count in 1...50 {
            let page = try await rig.connector.changes(since: cursor)
            contacts += page.contacts
            cursor = page.nextCursor
            if !page.isMore { return (contacts, page.nextCursor, count) }
        }
        Issue.record("the changes have no end")
        return (contacts, "", 50)
    }

    @Test func `more changes of one second than a page holds are read, each once`() async throws {
        try await SalesforceRig.run { rig in
            try await rig.sandbox("POST", "/clock", #"{"held":true}"#)
            _ = try await rig.made(1...1300)

            let all = try await pages(rig, since: nil)

            #expect(all.pages == 3)
            #expect(all.contacts.count == 1300)
            #expect(Set(all.contacts.compactMap(\.puenteID)) == Set((Int64(1)...1300).map(puenteID)))
        }
    }

    @Test func `the next round overlaps, and sees what changed, was merged and was deleted`() async throws {
        try await SalesforceRig.run { rig in
            let ids = try await rig.made(1...4)
            let first = try await pages(rig, since: nil)
            try await rig.sandbox("POST", "/clock", #"{"advance_seconds":600}"#)
            let quiet = try await pages(rig, since: first.cursor)
            #expect(Set(quiet.contacts.map(\.id)) == Set(ids))

            try await rig.control("PATCH", "/contacts/\(ids[0])", #"{"fields":{"Title":"CEO"}}"#)
            try await rig.control("POST", "/merge", #"{"primary":"\#(ids[1])","other":"\#(ids[2])"}"#)
            try await rig.control("DELETE", "/contacts/\(ids[3])")
            let second = try await pages(rig, since: first.cursor)

            let byID = Dictionary(second.contacts.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
            #expect(byID[ids[0]]?.isDeleted == false)
            #expect(byID[ids[1]]?.mergedIDs == [ids[2]])
            #expect(byID[ids[2]] == nil)
            #expect(byID[ids[3]]?.isDeleted == true)

            let third = try await pages(rig, since: second.cursor)
            #expect(Set(third.contacts.map(\.id)) == [ids[0], ids[1], ids[3]])
        }
    }

    @Test func `reading begins where it is told to`() async throws {
        try await SalesforceRig.run { rig in
            _ = try await rig.made(1...2)
            let later = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) + .hours(1)

            let page = try await rig.connector.changes(since: rig.connector.cursor(from: later))

            #expect(page.contacts == [])
            #expect(!page.isMore)
        }
    }

    @Test func `deletions leave out what lives on in another record`() async throws {
        try await SalesforceRig.run { rig in
            let ids = try await rig.made(1...5)
            // 1 lives on in 2; 3 in 4, which is deleted; so is 5.
            for (primary, other) in [(ids[1], ids[0]), (ids[3], ids[2])] {
                try await rig.control("POST", "/merge", #"{"primary":"\#(primary)","other":"\#(other)"}"#)
            }
            for id in [ids[3], ids[4]] { try await rig.control("DELETE", "/contacts/\(id)") }

            let page = try await rig.connector.deletions(after: nil)

            #expect(Set(page.ids) == [ids[2], ids[3], ids[4]])
            #expect(page.nextCursor == nil)
        }
    }

    @Test func `a cursor survives being written down, and nothing else is one`() {
        let start = SalesforceCursor(from: morning)
        let walking = start.next(last: (morning + .seconds(5), "003000000000001AAA"), isFull: true)
        let ended = walking.next(last: (morning + .seconds(9), "003000000000002AAA"), isFull: false)

        for cursor in [start, walking, ended] { #expect(SalesforceCursor(cursor.description) == cursor) }
        #expect(walking.after == "003000000000001AAA")
        #expect(ended.since == morning.milliseconds + 9000 - 120_000)
        #expect(ended.next(last: nil, isFull: false) == ended)
        for text in ["", "1.2", "1.-.x", "-1.-.0", "1.' OR.0", "9999999999999999999.-.0"] {
            #expect(SalesforceCursor(text) == nil)
        }
    }

    @Test func `a night in which nobody changes anything does not read an import again and again`() {
        let last = (modifiedAt: morning + .seconds(300), id: "003000000000001AAA")
        var cursor = SalesforceCursor(from: morning).next(last: last, isFull: false)
        for _ in 1...QuietRounds.settled {
            #expect(cursor.since == morning.milliseconds + 180_000)
            cursor = cursor.next(last: last, isFull: true)
            #expect(SalesforceCursor(cursor.description) == cursor)
            cursor = cursor.next(last: nil, isFull: false)
        }

        #expect(cursor.since == morning.milliseconds + 301_000)
        #expect(SalesforceCursor(cursor.description) == cursor)
        #expect(cursor.next(last: nil, isFull: false) == cursor)
    }

    @Test func `a cursor that is none is refused`() async throws {
        try await SalesforceRig.run { rig in
            let changes = await CallFailure.of { () throws(CallFailure) in
                try await rig.connector.changes(since: "x").nextCursor
            }
            let deletions = await CallFailure.of { () throws(CallFailure) in
                try await rig.connector.deletions(after: "' OR").ids
            }
            #expect([changes?.code, deletions?.code] == ["bad-cursor", "bad-cursor"])
        }
    }
}
