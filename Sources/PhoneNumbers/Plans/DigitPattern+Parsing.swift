extension DigitPattern {
    /// Nil when the text is no pattern of the kind that plans are written in.
    init?(_ text: String) {
        var parser = DigitPatternParser(text)
        guard let node = parser.wholePattern(), parser.groupCount <= DigitCaptures.capacity else { return nil }
        var program: [Instruction] = []
        node.emit(into: &program)
        program.append(.match)
        self.init(program: program, groupCount: parser.groupCount)
    }
}

/// What a pattern is made of.
private indirect enum PatternNode {
    case digit(DigitSet)
    case sequence([PatternNode])
    case choice([PatternNode])
    case repeated(PatternNode, ClosedRange<Int>)
    case group(PatternNode, Int)
    case end

    func emit(into program: inout [DigitPattern.Instruction]) {
        switch self {
        case .digit(let set): program.append(.take(set))
        case .sequence(let nodes): nodes.forEach { $0.emit(into: &program) }
        case .choice(let nodes): Self.emit(choice: nodes[...], into: &program)
        case .repeated(let node, let times):
            for _ in 0..<times.lowerBound { node.emit(into: &program) }
            Self.emit(optional: node, times: times.count - 1, into: &program)
        case .group(let node, let group):
            program.append(.open(group))
            node.emit(into: &program)
            program.append(.close(group))
        case .end: program.append(.end)
        }
    }

    private static func emit(choice nodes: ArraySlice<PatternNode>, into program: inout [DigitPattern.Instruction]) {
        guard nodes.count > 1, let node = nodes.first else {
            nodes.first?.emit(into: &program)
            return
        }
        let fork = program.count
        program.append(.fork(other: 0))
        node.emit(into: &program)
        let jump = program.count
        program.append(.jump(0))
        program[fork] = .fork(other: program.count)
        emit(choice: nodes.dropFirst(), into: &program)
        program[jump] = .jump(program.count)
    }

    /// Greedy: one more time before none.
    private static func emit(
        optional node: PatternNode, times: Int, into program: inout [DigitPattern.Instruction]
    ) {
        guard times > 0 else { return }
        let fork = program.count
        program.append(.fork(other: 0))
        node.emit(into: &program)
        emit(optional: node, times: times - 1, into: &program)
        program[fork] = .fork(other: program.count)
    }
}

/// Recursive descent over the text. Every method returns nil for what it does not know.
private struct DigitPatternParser {
    private static let maxTimes = 32

    private var rest: Substring.UTF8View
    /// Groups that capture, opened so far.
    private(set) var groupCount = 0

    init(_ text: String) {
        rest = Substring(text).utf8
    }

    mutating func wholePattern() -> PatternNode? {
        guard let node = choice(), rest.isEmpty else { return nil }
        return node
    }

    private mutating func choice() -> PatternNode? {
        var nodes: [PatternNode] = []
        repeat {
            guard let node = sequence() else { return nil }
            nodes.append(node)
        } while take("|")
        return nodes.count == 1 ? nodes[0] : .choice(nodes)
    }

    private mutating func sequence() -> PatternNode? {
        var nodes: [PatternNode] = []
        while let next = rest.first, next != UInt8(ascii: "|"), next != UInt8(ascii: ")") {
            guard let atom = atom(), let node = quantified(atom) else { return nil }
            nodes.append(node)
        }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func atom() -> PatternNode? {
        if take("(?:") { return closed(choice()) }
        if take("(") {
            let group = groupCount
            groupCount += 1
            return closed(choice()).map { .group($0, group) }
        }
        if take("[") { return digitClass().map { .digit($0) } }
        if take("\\d") { return .digit(.digits) }
        if take("$") { return .end }
        return digit().map { .digit(DigitSet($0)) }
    }

    private mutating func closed(_ node: PatternNode?) -> PatternNode? {
        take(")") ? node : nil
    }

    private mutating func quantified(_ node: PatternNode) -> PatternNode? {
        if take("?") { return .repeated(node, 0...1) }
        guard take("{") else { return node }
        guard let least = number() else { return nil }
        let most = take(",") ? number() : least
        guard let most, take("}"), least <= most, most <= Self.maxTimes else { return nil }
        return .repeated(node, least...most)
    }

    /// What stands between "[" and "]".
    private mutating func digitClass() -> DigitSet? {
        var set: DigitSet = []
        while !take("]") {
            guard let from = digit(), let to = take("-") ? digit() : from, from <= to else { return nil }
            for member in from...to { set.insert(DigitSet(member)) }
        }
        return set
    }

    private mutating func number() -> Int? {
        guard let first = digit() else { return nil }
        guard let second = digit() else { return Int(first) }
        return Int(first) * 10 + Int(second)
    }

    private mutating func digit() -> UInt8? {
        guard let byte = rest.first, case UInt8(ascii: "0")...UInt8(ascii: "9") = byte else { return nil }
        rest.removeFirst()
        return byte - UInt8(ascii: "0")
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard rest.starts(with: wanted) else { return false }
        rest.removeFirst(wanted.count)
        return true
    }
}
