/// What a person sees in a text that is not simply a number: words around it, several numbers, a better reason to refuse.
struct SecondLook {
    private let text: String
    private let reader: NumberReader
    private let runs: NumberRuns

    /// Fewer digits are no number of their own beside words or another number: a room, an hour, a date.
    private static let leastDigits = 7

    /// - Parameter text: at most 250 bytes are looked at.
    init(_ text: String, by reader: NumberReader) {
        let isShort = text.utf8.count <= NumberReader.maxTextBytes
        self.text = text
        self.reader = reader
        runs = NumberRuns(isShort ? text : "")
    }

    /// A whole number with words after it. The library would read them as digits, "CASA" as 2272, and in a country
    /// with numbers of many lengths find a number that nobody wrote.
    var numberAmongWords: PhoneNumber? {
        guard let run = onlyRun, NumberRuns.digitCount(run) >= Self.leastDigits,
            case .number(let number) = reader.readByPlans(run), number.validity == .valid
        else { return nil }
        return number
    }

    /// - Parameter number: what the plans or the library read. Its "extension" may be a second number:
    ///   "600111222;600333444".
    func reading(of number: PhoneNumber) -> PhoneReading {
        if number.validity == .possible {
            if let today = PlanChange.number(in: text, by: reader), today.validity == .valid { return .number(today) }
            if losesLetter(number) || endsInDecimals { return .refused(.notANumber) }
        }
        guard let second = number.extension, second.utf8.count >= Self.leastDigits,
            case .success(let other) = reader.read(second), other.validity == .valid,
            case .success(let first) = reader.read(number.e164)
        else { return .number(number) }
        return .several([first, other])
    }

    func reading(refusedFor problem: PhoneNumberProblem) -> PhoneReading {
        guard text.utf8.count <= NumberReader.maxTextBytes else { return .refused(problem) }
        if let number = PlanChange.number(in: text, by: reader) ?? dialledAbroad { return .number(number) }
        if let reason = betterReason { return .refused(reason) }
        if let several { return several }
        guard let run = onlyRun else { return .refused(problem) }
        return switch reader.read(run) {
        case .success(let number): .number(number)
        case .failure(let problem): .refused(problem)
        }
    }

    /// The library passes over a letter among the digits, and a number of one digit less is another's: "+1 201 5O5 1234".
    private func losesLetter(_ number: PhoneNumber) -> Bool {
        runs.endInLetters && number.extension == nil
    }

    /// The nought behind the point would be the number's last digit.
    private var endsInDecimals: Bool {
        PhoneNumber(amount: text, region: reader.region?.text) != nil
    }

    /// The only place with digits, where the text holds more than that.
    private var onlyRun: String? {
        guard !runs.touchLetters, runs.texts.count == 1, let run = runs.texts.first, run != text,
            !text.utf8.contains(UInt8(ascii: "@"))
        else { return nil }
        return run
    }

    /// Where no country says how calls abroad are dialled, 00 is meant: it is what ITU-T E.123 recommends to all.
    private var dialledAbroad: PhoneNumber? {
        guard reader.region == nil, let scan = NumberScan(text), !scan.isInternational, scan.digits.hasPrefix([0, 0]),
            case .success(let number) = reader.read("+" + scan.digits.dropFirst(2).text)
        else { return nil }
        return number
    }

    private var betterReason: PhoneNumberProblem? {
        if text.utf8.contains(UInt8(ascii: "@")) { return .address }
        if runs.texts.isEmpty { return text.isPlaceholder ? .missing : .notANumber }
        return text.isSpreadsheetNotation ? .spreadsheetNotation : nil
    }

    /// Several numbers side by side, set apart by words or marks, by slashes, or only by blanks.
    private var several: PhoneReading? {
        guard !runs.touchLetters, runs.digitCount >= 2 * Self.leastDigits else { return nil }
        let bySlashes = text.utf8.contains(UInt8(ascii: "/")) ? NumberRuns(text, separatedBy: .slashes) : nil
        let readings = [runs, bySlashes].compactMap { $0 }.compactMap(several)
        return readings.first(where: \.isComplete)?.reading ?? severalByBlanks ?? readings.first?.reading
    }

    private func several(_ runs: NumberRuns) -> (reading: PhoneReading, isComplete: Bool)? {
        let long = runs.texts.filter { NumberRuns.digitCount($0) >= Self.leastDigits }
        guard long.count > 1 else { return nil }
        let numbers = long.compactMap { try? reader.read($0).get() }  // What is refused is no number of the list.
        guard let first = numbers.first else { return nil }
        let isComplete = numbers.count == long.count
        let isOne = isComplete && numbers.allSatisfy { $0 == first }
        return (isOne ? .number(first) : .several(numbers), isComplete)
    }

    /// Blanks stand inside numbers too: only where all that they part are valid numbers.
    private var severalByBlanks: PhoneReading? {
        guard let (reading, isComplete) = several(NumberRuns(text, separatedBy: .blanks)), isComplete else {
            return nil
        }
        switch reading {
        case .number(let number): return number.validity == .valid ? reading : nil
        case .several(let numbers): return numbers.allSatisfy { $0.validity == .valid } ? reading : nil
        case .refused: return nil
        }
    }
}
