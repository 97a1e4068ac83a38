import ContactFiles
import Domain
import PhoneNumbers
import Testing

@testable import Pipeline

@Suite struct ContactCleanerTests {
    private let table = CleaningTable([.name, .phone, .country, .email])

    // MARK: what is accepted

    @Test func `a row in order is clean, with number, address and name read`() {
        let verdict = table.judge("  Ana\u{00A0} García ", "0912-345-678", "", " ana@Example.COM ")

        #expect(verdict.isClean)
        #expect(verdict.contact?.phone?.e164 == "+886912345678")
        #expect(verdict.contact?.email?.text == "ana@example.com")
        #expect(verdict.contact?.name == "Ana García")
    }

    @Test func `a number is read by the row's country before the file's`() {
        #expect(table.judge("", "612 345 678", "España", "").contact?.phone?.e164 == "+34612345678")
        #expect(table.judge("", "+34 612 345 679", "TW", "").contact?.phone?.region == "ES")
    }

    @Test func `a calling code in a column of its own says the country`() {
        let table = CleaningTable([.callingCode, .phone])

        #expect(table.judge("34", "612345678").contact?.phone?.e164 == "+34612345678")
        #expect(table.judge("+55", "(11) 96123-0986").contact?.phone?.e164 == "+5511961230986")
    }

    @Test func `an unknown country is marked only where the number leans on it`() {
        #expect(table.judge("", "0912345678", "Atlantis", "").marks == ["country_unknown"])
        #expect(table.judge("", "+886912345679", "Atlantis", "").marks == [])
    }

    @Test func `a number that is only possible is accepted with a mark`() {
        let verdict = table.judge("Ana", "+551161422966", "", "")

        #expect(verdict.marks == ["number_possible"])
        #expect(verdict.contact?.phone?.e164 == "+551161422966")
    }

    @Test func `an address without a number is enough, and marked`() {
        #expect(table.judge("Ana", "", "", "ana@example.com").marks == ["no_phone"])
        #expect(table.judge("Ana", "n/a", "", "eva@example.com").marks == ["no_phone"])
    }

    @Test func `an address that cannot be one is left out of a row with a number`() {
        let verdict = table.judge("Ana", "0912345678", "", "ana at example")

        #expect(verdict.marks == ["email_left_out"])
        #expect(verdict.contact?.email == nil)
        #expect(table.judge("Eva", "0912345679", "", "n/a").isClean)
    }

    @Test func `what is odd about a row is kept as a mark`() {
        #expect(table.judge("Ana", "0912345678", "", "", remark: .strayQuote).marks == ["stray_quote"])
    }

    // MARK: several columns and several numbers

    @Test func `further phone columns are further numbers, and the contact's is what WhatsApp knows, else a mobile`() {
        let table = CleaningTable([.phone, .phone, .whatsAppID])
        let verdict = table.judge("02 2345 6789", "0912 345 678", "886912345678")

        #expect(verdict.isClean)
        #expect(verdict.contact?.phone?.e164 == "+886912345678")
        #expect(verdict.contact?.otherPhones.map(\.e164) == ["+886223456789"])
        let mobile = table.judge("02 2345 6780", "0912 345 670", "").contact
        #expect(mobile?.phone?.e164 == "+886912345670")
        let named = table.judge("0912 345 671", "02 2345 6781", "886223456781").contact
        #expect(named?.phone?.e164 == "+886223456781")
        #expect(table.judge("02 2345 6782", "", "").contact?.phone?.e164 == "+886223456782")
        #expect(table.judge("ask her", "0912 345 679").marks == ["phone_left_out"])
        #expect(table.judge("", "", "886912345680").contact?.phone?.e164 == "+886912345680")
        #expect(table.judge("0912345681", "", "US.13491208655302741918").isClean)
    }

    @Test func `a cell of Google's contacts with several numbers is as many cells`() {
        let table = CleaningTable([.phone, .phone], region: "ES")
        let verdict = table.judge("912 345 678", "612 345 678 ::: 612 345 679")

        #expect(verdict.isClean)
        #expect(verdict.contact?.phone?.e164 == "+34612345678")
        #expect(verdict.contact?.otherPhones.map(\.e164) == ["+34912345678", "+34612345679"])
    }

    @Test func `several numbers in one cell are for a person to decide`() {
        let verdict = table.judge("Ana", "0912345678 / 0922345678", "", "ana@example.com")

        #expect(verdict.rejection?.code == "phone_severalNumbers")
        #expect(
            verdict.rejection?.sentence.en
                == "There is more than one number here. Keep one, or write each in a field of its own. Read were: +886912345678, +886922345678."
        )
        #expect(table.judge("Ana", "0912345678 / +886 912 345 678", "", "").isClean, "one number, written twice")
    }

    @Test func `numbers that a program took for amounts are read without their decimals, and marked`() {
        let table = CleaningTable([.phone, .country])
        func judge(_ cell: String, _ country: String) -> [String]? {
            let verdict = table.judge(cell, country)
            return verdict.marks.map { [verdict.contact?.phone?.e164 ?? "none"] + $0 }
        }

        #expect(judge("912345678.0", "") == ["+886912345678", "decimals_dropped"])
        #expect(judge("886912345679.0", "") == ["+886912345679", "decimals_dropped"])
        #expect(judge("5512345678.00", "MX") == ["+525512345678", "decimals_dropped"])
        #expect(judge("551161422966.0", "BR") == ["+551161422966", "number_possible", "decimals_dropped"])
        #expect(judge("56600131214.0", "CL") == ["+566001312140"], "a number with the nought, and none without")
    }

    @Test func `a number whose plus was probably left out is marked with what was meant`() {
        let table = CleaningTable([.phone], region: "DE")
        let verdict = table.judge("4915112345678")

        #expect(verdict.contact?.phone?.e164 == "+494915112345678")
        #expect(verdict.marks == ["plus_missing"])
        guard case .accepted(_, let marks) = verdict else { return }
        #expect(marks.first?.sentence.en.contains("Perhaps +4915112345678 is meant.") == true)
        #expect(table.judge("4915112345670.0").marks == ["plus_missing", "decimals_dropped"])
        #expect(table.judge("+49 1511 2345679").isClean)
    }

    @Test func `a letter among the digits rejects the row with what was probably meant`() {
        let rejection = CleaningTable([.phone], region: "AR").judge("+549112O280913").rejection

        #expect(rejection?.sentence.en.contains("Perhaps +5491120280913 is meant.") == true)
    }

    @Test func `the number in a column that is called WhatsApp is the contact's`() {
        let table = CleaningTable([.phone, .phone], headings: ["Móvil", "WhatsApp"], region: "ES")
        let verdict = table.judge("612345678", "34699345670")

        #expect(verdict.isClean)
        #expect(verdict.contact?.phone?.e164 == "+34699345670")
        #expect(verdict.contact?.otherPhones.map(\.e164) == ["+34612345678"])
        #expect(table.judge("612345679", "").contact?.phone?.e164 == "+34612345679")
        #expect(table.judge("612345670", "+34 912 345 678").contact?.phone?.e164 == "+34912345678")
    }

    // MARK: what is rejected

    @Test(arguments: [
        ("ask her husband", "notANumber"), ("12345", "tooShort"), ("0912345678901234567", "tooLong"),
        ("8.86912E+11", "spreadsheetNotation"), ("+99912345678", "unknownCountry"), ("ana@example.com", "address"),
    ])
    func `a cell that holds no number is rejected with its reason, whatever else the row holds`(
        cell: String, problem: String
    ) throws {
        let table = CleaningTable([.phone, .email])
        let rejection = try #require(table.judge(cell, "ana@example.com").rejection)

        #expect(rejection.code == "phone_\(problem)")
        let known = try #require(PhoneNumberProblem(rawValue: problem))
        #expect(rejection.sentence.en.hasPrefix(known.message.en))
        #expect(rejection.sentence.es.hasPrefix(known.message.es))
    }

    @Test func `a rejected number comes with what was probably meant`() {
        let rejection = table.judge("Ana", "0O34 612 345 678", "ES", "").rejection

        #expect(
            rejection?.sentence.en.contains("Perhaps +34612345678 is meant.") == true,
            "\(String(describing: rejection))")
    }

    @Test func `a row that nobody can be reached by is rejected`() {
        #expect(table.judge("Ana", "-", "", "").rejection == .noHandle)
        #expect(table.judge("Ana", "", "", "ana at example").rejection == .email)
    }

    @Test func `a row that could not be read is rejected with the reader's reason`() {
        let fault = RowFault(number: 7, line: 9, kind: .nulByte, cells: ["A"])

        let rejection = table.judge(fault).rejection

        #expect(rejection == .unreadable(fault))
        #expect(rejection?.sentence == fault.sentence)
    }

    // MARK: duplicates

    @Test func `a number in another writing is the same contact`() {
        #expect(table.judge("Ana", "0912 345 678", "", "").isClean)

        for cell in ["+886-912-345-678", "０９１２３４５６７８", "(0912)345678", "+٨٨٦٩١٢٣٤٥٦٧٨", "0912345678 ext 7"] {
            #expect(table.judge("Eva", cell, "", "").duplicate == .init(handle: .phone, row: 2), "\(cell)")
        }
    }

    @Test(arguments: [
        ("+5511961230986", "+551161230986"), ("+525512345678", "+5215512345678"), ("+5491130000000", "+541130000000"),
        ("+2290190011234", "+22990011234"),
    ])
    func `the national variants of a number are the same contact`(today: String, before: String) {
        for (first, second) in [(today, before), (before, today)] {
            let table = CleaningTable([.phone])
            #expect(table.judge(first).contact != nil, "\(first)")
            #expect(table.judge(second).duplicate == .init(handle: .phone, row: 2), "\(second)")
        }
    }

    @Test func `without a number the address tells contacts apart, whatever its capitals`() {
        #expect(table.judge("Ana", "0912345678", "", "ana@example.com").isClean)

        #expect(table.judge("Ana", "", "", "Ana@Example.com").duplicate == .init(handle: .email, row: 2))
        #expect(table.judge("Eva", "", "", "eva@example.com").duplicate == nil)
    }

    @Test func `two numbers with one address are two contacts, and marked`() {
        #expect(table.judge("Ana", "0912345678", "", "shop@example.com").isClean)

        #expect(table.judge("Eva", "0922345678", "", "shop@example.com").marks == ["shared_email"])
    }

    @Test func `a rejected row and a duplicate are nobody's first`() {
        #expect(table.judge("Ana", "12345", "", "ana@example.com").rejection != nil)
        #expect(table.judge("Ana", "", "", "ana@example.com").duplicate == nil)
        #expect(table.judge("Ana", "0912345678", "", "").isClean)
        #expect(table.judge("Ana", "0912345678", "", "").duplicate?.row == 4)
        #expect(table.judge("Ana", "0912345678", "", "").duplicate?.row == 4)
    }

    @Test func `a further number of an earlier row is that row's contact`() {
        let table = CleaningTable([.phone, .phone])
        #expect(table.judge("0912345678", "0922345678").isClean)

        #expect(table.judge("0922345678", "").duplicate == .init(handle: .phone, row: 2))
        #expect(table.judge("0932345678", "0922345678").isClean, "a number at home that two persons share")
    }

    @Test func `somebody whom WhatsApp knows by a user id alone is a contact, once`() {
        let table = CleaningTable([.name, .phone, .email, .whatsAppID])
        let verdict = table.judge("Ana", "", "", " US.13491208655302741918 ")

        #expect(verdict.isClean)
        #expect(verdict.contact?.userID == "US.13491208655302741918")
        #expect(
            table.judge("ANA", "", "", "US.13491208655302741918").duplicate == .init(handle: .userID, row: 2))
        #expect(table.judge("Eva", "", "shop@example.com", "US.2").isClean)
        #expect(table.judge("Luz", "", "shop@example.com", "US.3").marks == ["shared_email"])
        for cell in ["US.", "us.1", "US.1 2", "USA.1", "@ana", "US.ENT.1"] {
            #expect(table.judge("Ana", "", "", cell).rejection == .noHandle, "\(cell)")
        }
    }

    @Test func `a duplicate that says that the person opted out says so`() {
        let table = CleaningTable([.phone, .optedOut])
        #expect(table.judge("0912345678", "").isClean)

        let plain = table.judge("0912345678", "no").duplicate
        let out = table.judge("+886912345678", "2024-05-01").duplicate

        #expect(plain?.code == "duplicate_phone")
        #expect(out == .init(handle: .phone, row: 2, optsOut: true))
        #expect(out?.code == "duplicate_opted_out")
        #expect(out?.sentence.en.hasSuffix("This row says that the person opted out, and that counts.") == true)
    }

    @Test func `a file without phone numbers is cleaned by its addresses`() {
        let table = CleaningTable([.givenName, .familyName, .email])

        #expect(table.judge("Ana", "García", "ana@example.com").isClean)
        #expect(table.judge("怡君", "陳", "chen@example.com").contact?.name == "陳怡君")
        #expect(table.judge("Ana", "G.", "ANA@example.com").duplicate == .init(handle: .email, row: 2))
        #expect(table.judge("Luis", "", "").rejection == .noHandle)
    }

    @Test func `without a country only international writing is understood`() {
        let table = CleaningTable([.phone], region: nil)

        #expect(table.judge("+886912345678").isClean)
        #expect(table.judge("0912345679").rejection?.code == "phone_unknownCountry")
    }
}
