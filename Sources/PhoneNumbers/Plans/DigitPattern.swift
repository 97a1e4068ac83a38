/// One of the regular expressions in which number plans are written, made ready for matching digits.
///
/// Plans use a small part of the language: digits, `\d`, classes, groups, `|`, `?`, `{n,m}` and `$`. Nothing repeats
/// without end, so a pattern is a program without loops, and a number is matched in about as many steps as it has
/// digits. Alternatives are tried in the order in which they are written, as every backtracking engine does.
struct DigitPattern: Sendable {
    enum Instruction: Sendable {
        /// Takes one of the digits of the set.
        case take(DigitSet)
        /// Goes on with the next instruction, and with the other when that fails.
        case fork(other: Int)
        case jump(Int)
        case open(Int), close(Int)
        /// Passes only after the last digit.
        case end
        case match
    }

    private let program: [Instruction]
    /// For each instruction, what the next digit must be one of if it is to get anywhere from there.
    private let first: [DigitSet]
    let groupCount: Int

    init(program: [Instruction], groupCount: Int) {
        self.program = program
        self.groupCount = groupCount
        self.first = Self.firstSets(of: program)
    }

    /// Whether the pattern matches all of the digits.
    func matchesAll(of digits: DigitString) -> Bool {
        var captures = DigitCaptures()
        return run(0, digits, 0, wantsAll: true, &captures) != nil
    }

    /// How many digits the pattern takes at the beginning, and what its groups took; nil when it does not match there.
    func matchPrefix(of digits: DigitString) -> (length: Int, captures: DigitCaptures)? {
        var captures = DigitCaptures()
        guard let length = run(0, digits, 0, wantsAll: false, &captures) else { return nil }
        return (length, captures)
    }

    /// Where the match ends that begins at `start` with the instruction `counter`.
    private func run(
        _ counter: Int, _ digits: DigitString, _ start: Int, wantsAll: Bool, _ captures: inout DigitCaptures
    ) -> Int? {
        var counter = counter
        var position = start
        while true {
            let next: DigitSet = position < digits.count ? DigitSet(digits[position]) : .nothing
            switch program[counter] {
            case .take(let set):
                guard set.meets(next) else { return nil }
                position += 1
                counter += 1
            case .fork(let other):
                if first[counter + 1].meets(next) {
                    guard first[other].meets(next) else {
                        counter += 1
                        continue
                    }
                    let before = captures
                    if let end = run(counter + 1, digits, position, wantsAll: wantsAll, &captures) { return end }
                    captures = before
                }
                counter = other
            case .jump(let target): counter = target
            case .open(let group):
                captures.open(group, at: position)
                counter += 1
            case .close(let group):
                captures.close(group, at: position)
                counter += 1
            case .end:
                guard position == digits.count else { return nil }
                counter += 1
            case .match: return !wantsAll || position == digits.count ? position : nil
            }
        }
    }

    /// From the last instruction to the first: every jump and fork leads forward.
    private static func firstSets(of program: [Instruction]) -> [DigitSet] {
        var sets = [DigitSet](repeating: .all, count: program.count)
        for index in program.indices.reversed() {
            switch program[index] {
            case .take(let set): sets[index] = set
            case .fork(let other): sets[index] = sets[index + 1].union(sets[other])
            case .jump(let target): sets[index] = sets[target]
            case .open, .close: sets[index] = sets[index + 1]
            case .end: sets[index] = .nothing
            case .match: sets[index] = .all
            }
        }
        return sets
    }
}

/// Which digits may come next; one more bit stands for the end of the number.
struct DigitSet: OptionSet, Sendable {
    let rawValue: UInt16

    static let digits = DigitSet(rawValue: 0b11_1111_1111)
    /// The end of the number.
    static let nothing = DigitSet(rawValue: 0b100_0000_0000)
    static let all: DigitSet = [.digits, .nothing]

    init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    init(_ digit: UInt8) {
        rawValue = 1 &<< UInt16(digit)
    }

    func meets(_ other: DigitSet) -> Bool { rawValue & other.rawValue != 0 }
}

/// Where the groups of a pattern matched. No plan has more than eight groups.
struct DigitCaptures: Sendable {
    static let capacity = 8

    private var starts = SIMD8<Int8>(repeating: -1)
    private var ends = SIMD8<Int8>(repeating: -1)

    /// The positions that a group took, counted from 0; nil when it took no part in the match.
    subscript(group: Int) -> Range<Int>? {
        guard ends[group] >= 0 else { return nil }
        return Int(starts[group])..<Int(ends[group])
    }

    mutating func open(_ group: Int, at position: Int) {
        starts[group] = Int8(truncatingIfNeeded: position)
    }

    mutating func close(_ group: Int, at position: Int) {
        ends[group] = Int8(truncatingIfNeeded: position)
    }
}
