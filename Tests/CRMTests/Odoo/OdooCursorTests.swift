import Domain
import Foundation
import Testing

@testable import CRM

@Suite struct OdooCursorTests {
    private func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

    @Test func `times are written and read as Odoo does`() {
        #expect(OdooTime.text(seconds: 1_795_167_000) == "2026-11-20 09:30:00")
        #expect(OdooTime.seconds("2026-11-20 09:30:00") == 1_795_167_000)
        #expect(OdooTime.seconds("2026-11-20") == nil)
    }

    @Test func `a search begins well before the moment asked for`() {
        let cursor = OdooCursor(from: morning)
        #expect(cursor.domain == [["write_date", ">=", "2026-11-20 09:27:30"]])
        #expect(cursor.order == "write_date asc, id asc")
    }

    @Test func `after the last page the next round begins before the newest change`() {
        let next = OdooCursor(from: at(1000)).next(last: (5000, 7), isFull: false)
        #expect(!next.isMore)
        #expect(next.cursor.place == .since(4850))
        #expect(next.cursor.next(last: nil, isFull: false).cursor == next.cursor)
    }

    @Test func `a page full of one second is walked by its ids`() {
        var cursor = OdooCursor(from: at(650)).next(last: (500, 3), isFull: true).cursor
        #expect(cursor.place == .within(second: 500, id: 0))
        #expect(
            cursor.domain == [
                ["write_date", ">=", "1970-01-01 00:08:20"], ["write_date", "<", "1970-01-01 00:08:21"],
                ["id", ">", 0],
            ])
        #expect(cursor.order == "id asc")

        cursor = cursor.next(last: (500, 900), isFull: true).cursor
        #expect(cursor.place == .within(second: 500, id: 900))
        let end = cursor.next(last: (500, 950), isFull: false)
        #expect(end.cursor.place == .since(501))
        #expect(end.isMore)
    }

    @Test func `a page that says nothing of times is passed, not read again for ever`() {
        let next = OdooCursor(from: at(650)).next(last: nil, isFull: true)
        #expect(next.cursor.place == .within(second: 500, id: 0))
        #expect(next.cursor.next(last: nil, isFull: true).cursor.place == .since(501))
    }

    @Test func `an import of one second is not read again and again`() {
        var cursor = OdooCursor(from: at(0)).next(last: (5000, 1), isFull: false).cursor
        for _ in 1...QuietRounds.settled {
            #expect(cursor.place == .since(4850))
            cursor = cursor.next(last: (5000, 200), isFull: true).cursor
            cursor = cursor.next(last: (5000, 200), isFull: true).cursor
            #expect(cursor.place == .within(second: 5000, id: 0))
            #expect(OdooCursor(cursor.description) == cursor)
            cursor = cursor.next(last: (5000, 300), isFull: false).cursor
            cursor = cursor.next(last: nil, isFull: false).cursor
        }

        #expect(cursor.place == .since(5001))
        #expect(cursor.next(last: (5001, 1), isFull: false).cursor.place == .since(4851))
    }

    @Test func `a cursor survives being written down, and nothing else is one`() {
        for cursor in [OdooCursor(from: morning), OdooCursor(from: at(650)).next(last: (500, 7), isFull: true).cursor] {
            #expect(OdooCursor(cursor.description) == cursor)
        }
        for text in ["", "since", "since.-1.0.0", "within.1.-2.3", "since.99999999999999999999.0.0", "x.1.1.1"] {
            #expect(OdooCursor(text) == nil)
        }
    }
}
