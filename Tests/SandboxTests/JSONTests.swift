import Foundation
import NIOCore
import Testing

@testable import Sandbox

@Suite struct JSONTests {
    @Test func `what was read is written again`() throws {
        let text = #"{"a":[1,-2.5,true,false,null,"é\n"],"b":{"long":9007199254740993},"c":""}"#

        let json = try JSONParser.parse(text)

        #expect(json.at("a/0")?.wholeNumber == 1)
        #expect(json.at("b/long")?.wholeNumber == 9_007_199_254_740_993)
        #expect(try JSONParser.parse(ByteBuffer(bytes: JSONWriter.bytes(json))) == json)
    }

    @Test(
        arguments: [
            (#""\u00e9\ud83d\ude00""#, "é😀"), (#""\ud83d""#, "\u{FFFD}"), (#""a\/b\\\"""#, "a/b\\\""),
            (#""\ud83dx""#, "\u{FFFD}x"),
        ])
    func `escapes are read`(text: String, value: String) throws {
        #expect(try JSONParser.parse(text).text == value)
    }

    @Test func `the escaped style holds only ASCII and means the same`() throws {
        let json: JSON = ["text": "¿Qué tal? 😀 a/b \"x\"\t"]

        let bytes = JSONWriter.bytes(json, style: .escaped)

        #expect(bytes.allSatisfy { $0 < 0x80 })
        #expect(String(decoding: bytes, as: UTF8.self).contains(#"\u00bfQu\u00e9 tal? \ud83d\ude00 a\/b"#))
        #expect(try JSONParser.parse(ByteBuffer(bytes: bytes)) == json)
        let foundation = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: String]
        #expect(foundation?["text"] == "¿Qué tal? 😀 a/b \"x\"\t")
    }

    @Test(arguments: ["", "{", "[1,]", "{\"a\"}", "tru", "\"\u{1}\"", "1 2", "{\"a\":1,}", "nan", "--1", "\"\\x\""])
    func `what is not JSON is refused`(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text) }
    }

    @Test func `nesting has an end`() {
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)

        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(deep) }
    }
}
