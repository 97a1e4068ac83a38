import Domain
import Testing

@testable import Console

@Suite struct `The API's JSON` {
    @Test(arguments: [
        #"{"a":[1,-2,3.5,true,false,null,"x"],"b":{}}"#, #"[]"#, #""😀é\"\\""#, "9223372036854775807", "0",
    ])
    func `is written as it was read`(text: String) throws {
        #expect(JSONWriter.text(try JSONReader.read(Array(text.utf8))) == text)
    }

    @Test func `reads every escape`() throws {
        let value = try JSONReader.read(Array(#" "\"\\\/\b\f\n\r\té\ud83d\ude00" "#.utf8))

        #expect(value == .string("\"\\/\u{8}\u{c}\n\r\té😀"))
    }

    @Test(arguments: [
        "", " ", "{", "[", "\"", "tru", "01", "-", "1.", ".5", "1e", "+1", "1e999", "NaN", "{a:1}", "{\"a\"1}",
        "{\"a\":1,}",
        "[1 2]", "1 2", "\"\n\"", "\"\\x\"", "\"\\u12\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\ude00\\ud83d\"",
        "{\"a\":1,\"a\":1}", "\u{FEFF}1",
    ])
    func `refuses what is none`(text: String) {
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test func `refuses bytes that are no UTF-8`() {
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read([0x22, 0xff, 0x22]) }
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read([0x22, 0xed, 0xa0, 0x80, 0x22]) }
    }

    @Test func `is read to a depth of 32`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }

        #expect(throws: Never.self) { try JSONReader.read(nested(32)) }
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read(nested(33)) }
    }

    @Test func `keeps whole numbers whole`() throws {
        #expect(try JSONReader.read(Array("9007199254740993".utf8)) == .integer(9_007_199_254_740_993))
        #expect(try JSONReader.read(Array("1.0".utf8)).wholeNumber == 1)
        #expect(try JSONReader.read(Array("1.5".utf8)).wholeNumber == nil)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_795_042_920_007, "2026-11-18T23:02:00.007Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (4_107_542_399_999, "2100-02-28T23:59:59.999Z"), (.max, "9999-12-31T23:59:59.999Z"),
            (.min, "0000-01-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func `writes times in UTC with milliseconds`(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
    }
}
