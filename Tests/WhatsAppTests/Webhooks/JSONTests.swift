import Testing

@testable import WhatsApp

@Suite struct JSONTests {
    private func parse(_ text: String) throws -> JSON { try JSONParser.parse(Array(text.utf8)) }

    @Test func `numbers stay as they were written`() throws {
        let json = try parse("[9007199254740993,1.10,-0,1E+2,0.0]")

        #expect(json.sortedText == "[9007199254740993,1.10,-0,1E+2,0.0]")
    }

    @Test(arguments: ["+1", ".5", "1.", "0x1", "00", "1e+", "--1", "Infinity", "NaN", "tru", "True"])
    func `what only looks like a number or word is refused`(text: String) {
        #expect(throws: JSONFault.self) { try parse(text) }
    }

    @Test func `a fault names its place`() {
        #expect(throws: JSONFault.syntax(at: 5)) { try parse("{\"a\":x}") }
        #expect(throws: JSONFault.tooDeep) { try parse(String(repeating: "[", count: 65)) }
    }

    @Test func `every escape is read`() throws {
        #expect(try parse(#""\"\\\/\b\f\n\r\t\u00e9\u20AC\ud83d\ude00""#) == "\"\\/\u{8}\u{C}\n\r\té€😀")
    }

    @Test func `what is written can be read again`() throws {
        let value: JSON = [
            "text": "a\"\\\n\r\t\u{1}\u{1F}é😀", "list": [1, -2.5, true, false, .null, [], [:]], "empty": "",
        ]

        #expect(try JSONParser.parse(value.bytes) == value)
    }

    @Test func `keys are sorted by their bytes at every depth`() throws {
        #expect(try parse(#"{"b":{"z":1,"B":2},"a":0,"é":3}"#).sortedText == #"{"a":0,"b":{"B":2,"z":1},"é":3}"#)
    }

    @Test func `the last of two equal keys wins`() throws {
        #expect(try parse(#"{"a":1,"a":2}"#)["a"] == 2)
    }

    @Test func `a byte order mark and space around are let through`() throws {
        #expect(try JSONParser.parse([0xEF, 0xBB, 0xBF] + Array(" {} \n".utf8)) == [:])
    }

    @Test func `what cannot be said in JSON is null`() {
        #expect(JSON.number(Double.infinity) == .null)
        #expect(JSON.number(Double.nan) == .null)
        #expect(JSON.number(0.1) == .number("0.1"))
    }

    @Test(
        arguments: [
            ("7", 7), ("\"7\"", 7), ("7.9", 7), ("-7.9", -7), ("9007199254740993", 9_007_199_254_740_993),
            ("1e3", 1000),
            ("9223372036854775808", nil), ("1e400", nil), ("true", nil), ("\"\"", nil), ("\"x\"", nil), ("[]", nil),
        ] as [(String, Int64?)])
    func `whole numbers come out of numbers and strings`(text: String, value: Int64?) throws {
        #expect(try parse(text).integer == value)
    }
}

extension JSON: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    public init(integerLiteral value: Int) { self = .number("\(value)") }
    public init(floatLiteral value: Double) { self = .number(value) }
}
