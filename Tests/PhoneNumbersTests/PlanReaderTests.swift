import Foundation
import Testing

@testable import PhoneNumbers

/// The reader by plans must answer what libphonenumber answers, or leave the text to it.
@Suite struct PlanReaderTests {
    private let book = PlanBook.installed

    @Test func `the installed library shows its plans, and all of them are understood`() throws {
        let book = try #require(book)
        let codes = (1...999).filter { book.split(DigitString($0))?.plans.callingCode == $0 }

        #expect(codes.count > 200)
        #expect(allRegions.count > 240)
        #expect(allRegions.allSatisfy { book.plans(of: $0) != nil })
    }

    @Test func `every row of the sample list is answered as by the library`() throws {
        let book = try #require(book)
        let cases = try PhoneCase.read("cases.tsv") + PhoneCase.read("metadata-age.tsv")

        let different = cases.compactMap { difference($0.raw, RegionKey($0.region), book) }

        #expect(different == [])
    }

    @Test func `invented texts are answered as by the library, in every region`() throws {
        let book = try #require(book)
        let regions = allRegions
        var texts = InventedTexts(seed: 11)

        var different: [String] = []
        var answered = 0
        for round in 0..<Self.rounds {
            let region = regions[round % regions.count]
            let text = texts.next(callingCode: book.plans(of: region)?.plans.digits.text ?? "")
            if let difference = difference(text, region, book) { different.append(difference) }
            switch answer(text, region, book) {
            case .number(let number):
                answered += 1
                if number.validity == .valid { texts.keep(number.e164) }
            case .refused: answered += 1
            case .unknown: break
            }
        }

        #expect(different.prefix(20) == [])
        #expect(Double(answered) > 0.7 * Double(Self.rounds))
    }

    /// More by PUENTE_PHONE_ROUNDS, for a new version of the library.
    private static let rounds =
        ProcessInfo.processInfo.environment["PUENTE_PHONE_ROUNDS"].flatMap { Int($0) } ?? 60_000

    private var allRegions: [RegionKey] {
        guard let book else { return [] }
        return (0..<RegionKey.count).compactMap { index in
            let letters = [index / 26, index % 26].map { Character(Unicode.Scalar(UInt8(65 + $0))) }
            return RegionKey(String(letters)).flatMap { book.has($0) ? $0 : nil }
        }
    }

    private func answer(_ text: String, _ region: RegionKey?, _ book: PlanBook) -> PlanReader.Answer {
        var text = text
        return text.withUTF8 { PlanReader(book: book).read($0, region: region) }
    }

    /// What differs, in words; nil when nothing does.
    private func difference(_ text: String, _ region: RegionKey?, _ book: PlanBook) -> String? {
        let ours: String
        switch answer(text, region, book) {
        case .unknown: return nil
        case .number(let number): ours = number.inFull
        case .refused(let problem): ours = problem.rawValue
        }
        var copy = text
        let theirs =
            switch copy.withUTF8({ LibraryReader.read($0, region: region) }) {
            case .success(let number): number.inFull
            case .failure(let problem): problem.rawValue
            }
        return ours == theirs ? nil : "\(text) in \(region?.text ?? "-"): \(ours), the library \(theirs)"
    }
}

extension PhoneNumber {
    fileprivate var inFull: String {
        "\(e164) \(validity) \(kind) \(region ?? "-") \(countryCode) \(self.extension ?? "")"
    }
}

/// Texts that look like numbers: what people dial before them, digits of likely lengths, punctuation; and neighbours of
/// numbers that turned out to be valid.
private struct InventedTexts {
    private var random: SplitMix64
    private var valid: [String] = []
    private static let beginnings = [
        "", "", "", "+", "+", "00", "011", "0", "1", "8", "810", "15", "0015", "9", "90", "06", "01", "044", "045",
        "+0",
        "001", "0111", "119", "60", "80", "69", "3", "7", "Tel: ", "móvil ", "(", "+(", "whatsapp:+", "＋",
    ]
    private static let joints = [
        "", "", "", "", "", "", "", "", "", "", "", "", " ", "-", ".", "(", ")", "/", "\u{A0}", "–", "　", "  ",
    ]
    private static let ends = ["", "", "", "", "", " ", ".", ")", " -", "\u{200F}", ",", " ext. 12", "x3", "#", "*"]

    init(seed: UInt64) {
        random = SplitMix64(state: seed)
    }

    /// Remembers some of the valid numbers, to try what lies beside them.
    mutating func keep(_ e164: String) {
        if valid.count < 5000 { valid.append(e164) } else { valid[Int.random(in: 0..<5000, using: &random)] = e164 }
    }

    mutating func next(callingCode: String) -> String {
        if valid.count > 500, Int.random(in: 0..<3, using: &random) == 0 { return neighbour(of: pick(valid)) }
        return invented(callingCode)
    }

    /// With one digit another, or one more, or one less.
    private mutating func neighbour(of number: String) -> String {
        var digits = Array(number)
        let place = Int.random(in: 1..<digits.count, using: &random)
        let digit = Character(String(Int.random(in: 0...9, using: &random)))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: digits.insert(digit, at: place)
        case 1: digits.remove(at: place)
        default: digits[place] = digit
        }
        return String(digits)
    }

    private mutating func invented(_ callingCode: String) -> String {
        var text = pick(Self.beginnings)
        if Bool.random(using: &random) { text += callingCode + pick(Self.joints) }
        if Int.random(in: 0..<4, using: &random) == 0 { text += pick(["0", "9", "1", "15", "(0)", "011", "0351 15"]) }
        let script: UInt32 = Int.random(in: 0..<10, using: &random) == 0 ? pick([0x660, 0x6F0, 0x966, 0xFF10]) : 0x30
        for _ in 0..<Int.random(in: 2...13, using: &random) {
            let digit = UInt32.random(in: 0...9, using: &random)
            text += Unicode.Scalar(script + digit).map { String($0) } ?? ""
            text += pick(Self.joints)
        }
        return text + pick(Self.ends)
    }

    private mutating func pick<Element>(_ from: [Element]) -> Element {
        from[Int.random(in: 0..<from.count, using: &random)]
    }
}
