import Domain
import PhoneNumbers
import Testing

@Suite struct PhoneNumberTests {
    @Test func `every row of the sample list reads as expected`() throws {
        let cases = try PhoneCase.read("cases.tsv")

        let wrong = cases.filter { validE164($0.raw, $0.region) != $0.e164 }

        #expect(cases.count > 1000)
        #expect(wrong.map { "\($0.raw) in \($0.region): \(validE164($0.raw, $0.region) ?? "INVALID")" } == [])
    }

    @Test func `every row made from the numbering plans reads as expected, with its kind`() throws {
        let cases = try PhoneCase.read("plans.tsv")

        let wrong = cases.filter { row in
            let number = try? PhoneNumber(row.raw, region: row.defaultRegion)  // Refused is one of the answers.
            let valid = number?.validity == .valid ? number : nil
            return valid?.e164 != row.e164 || valid.map { $0.kind.rawValue != row.kind } ?? false
        }

        #expect(cases.count > 350)
        #expect(Set(cases.map(\.region)).count > 80)
        #expect(wrong.map(\.testDescription) == [])
    }

    @Test func `a number tells its country, kind and local writing`() throws {
        let number = try PhoneNumber("044 55 1234 5678", region: "mx")

        #expect(number.e164 == "+525512345678")
        #expect(number.region == "MX")
        #expect(number.countryCode == 52)
        #expect(number.nationalFormat == "55 1234 5678")
        #expect(number.internationalFormat == "+52 55 1234 5678")
    }

    @Test(arguments: [
        ("+5511961230986", PhoneNumberKind.mobile), ("+551123454567", .fixedLine), ("+16505551234", .fixedLineOrMobile),
        ("+18002345678", .tollFree), ("+85212345678", .unknown),
    ])
    func `the kind follows from the digits`(text: String, kind: PhoneNumberKind) throws {
        #expect(try PhoneNumber(text).kind == kind)
    }

    @Test func `an extension is kept apart from the digits`() throws {
        let number = try PhoneNumber("+54 9 11 6871-4622 x804", region: nil)

        #expect(number.digits == "5491168714622")
        #expect(number.extension == "804")
        #expect(try number == PhoneNumber("+5491168714622"))
    }

    @Test func `a number that its plan does not know is accepted with a mark`() throws {
        let number = try PhoneNumber("(11) 6142-2966", region: "BR")

        #expect(number.e164 == "+551161422966")
        #expect(number.validity == .possible)
        #expect(number.region == "BR")
    }

    @Test func `a number of no country has no region`() throws {
        let number = try PhoneNumber("+80012345678")

        #expect(number.region == nil)
        #expect(number.countryCode == 800)
    }

    @Test(
        arguments: [
            ("n/a", "MX", PhoneNumberProblem.missing), ("", "MX", .missing), ("+", "MX", .missing),
            ("#N/A", "MX", .missing), (" — ", nil, .missing), ("NULL", "ES", .missing), ("Juan", "MX", .notANumber),
            ("sin teléfono", "ES", .missing), ("pregunte", "ES", .notANumber), ("ana@example.com", "ES", .address),
            ("31612363893@s.whatsapp.net", "NL", .address), ("8.86922E+11", "TW", .spreadsheetNotation),
            ("5,71800e+12", "CO", .spreadsheetNotation), ("12E+34", "ES", .spreadsheetNotation),
            ("55 1234 5678", nil, .unknownCountry), ("55 1234 5678", "Mexico", .unknownCountry),
            ("+999 1234 5678", "MX", .unknownCountry), ("+52 55 1234", "MX", .tooShort),
            ("+52 55 1234 5678 901", "MX", .tooLong), ("2345-6789", "AR", .areaCodeMissing),
            ("+49 1", nil, .tooShort),
        ] as [(String, String?, PhoneNumberProblem)])
    func `what cannot be a number is refused with its reason`(
        text: String, region: String?, problem: PhoneNumberProblem
    ) {
        #expect(throws: problem) { try PhoneNumber(text, region: region) }
    }

    @Test func `every reason has a sentence in both languages, and says what to do`() {
        for problem in PhoneNumberProblem.allCases {
            for sentence in [problem.reason.en, problem.reason.es, problem.advice.en, problem.advice.es] {
                #expect(sentence.hasSuffix(".") && sentence.first?.isUppercase == true)
            }
        }
        #expect(
            PhoneNumberProblem.tooShort.message
                == LocalizedText(
                    en: "The number is too short for its country. Add the missing digits, or the right country code.",
                    es:
                        "El número es demasiado corto para su país. Agregue las cifras que faltan o el código de país correcto."
                ))
    }

    @Test func `a code that no country has is not said to be missing alone`() {
        let message = PhoneNumberProblem.unknownCountry.message

        #expect(
            message.en
                == "The country code is missing, or no country has it. "
                + "Write the number with + and the code of its country.")
        #expect(message.es.hasPrefix("Falta el código de país o ningún país lo tiene."))
    }

    @Test func `a text without end is refused`() {
        let text = String(repeating: "5", count: 1_000_000)

        #expect(throws: PhoneNumberProblem.tooLong) { try PhoneNumber(text, region: "MX") }
    }

    @Test(arguments: [
        "\u{0}", "+52\u{0}5512345678", ";phone-context=+", "tel:;phone-context=", ";phone-context=+52tel:", "ext",
        ";isub=",
        "x\u{1F600}", "+\u{660}", "tel:55;phone-context=+52;isub=1;ext=99999999999", String(repeating: "+", count: 250),
    ])
    func `strange texts are answered, whatever the answer`(text: String) {
        let number = try? PhoneNumber(text, region: "MX")  // Only that it returns is asked here.

        #expect(number.map { $0.digits.utf8.allSatisfy(isDigit) } ?? true)
    }

    @Test func `many threads may read numbers at once`() async throws {
        let cases = try PhoneCase.read("cases.tsv")

        let wrong = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { cases.count { validE164($0.raw, $0.region) != $0.e164 } }
            }
            return await group.reduce(0, +)
        }

        #expect(wrong == 0)
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

/// The E.164 form when the text is a valid number; the sample lists know valid numbers only.
private func validE164(_ text: String, _ region: String) -> String? {
    guard let number = try? PhoneNumber(text, region: region) else { return nil }  // Refused is what nil says.
    return number.validity == .valid ? number.e164 : nil
}
