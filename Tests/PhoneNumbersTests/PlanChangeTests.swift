import Domain
import Testing

@testable import PhoneNumbers

@Suite struct PlanChangeTests {
    @Test(arguments: [
        ("+229 01 97 12 34 56", nil), ("01 97 12 34 56", "BJ"), ("229 0197123456", "BJ"),
        ("00229 01 97 12 34 56", "ES"),
    ])
    func `Benin's numbers of ten digits are read by metadata of any age`(text: String, region: String?) throws {
        let number = try PhoneNumber(text, region: region)

        #expect(number.e164 == "+2290197123456")
        #expect(number.validity == .valid)
        #expect(number.kind == .mobile)
        #expect(number.region == "BJ")
        #expect(number.handle == "2290197123456")
    }

    @Test func `a number of ten digits that Benin never had stays refused`() {
        #expect(throws: PhoneNumberProblem.self) { try PhoneNumber("+229 01 00 12 34 56") }
        #expect(throws: PhoneNumberProblem.self) { try PhoneNumber("+229 02 97 12 34 56") }
    }

    @Test(arguments: [
        ("5215512345678", true, "ES"), ("005215512345678", false, "ES"), ("0445512345678", false, "MX"),
        ("0455512345678", false, "MX"), ("015512345678", false, "MX"), ("15512345678", false, "MX"),
        ("5215512345678", false, "MX"), ("05512345678", false, "MX"),
    ])
    func `Mexican habits from before 2019 are understood without the library`(
        digits: String, isInternational: Bool, region: String
    ) throws {
        let written = try #require(DigitString(digits))

        let change = PlanChange(written, isInternational: isInternational, region: RegionKey(region))

        #expect(change?.today.text == "525512345678")
    }

    @Test func `a zero as in other countries falls away in Mexico, where no number begins with one`() throws {
        let number = try PhoneNumber("055 1234 5678", region: "MX")

        #expect(number.e164 == "+525512345678")
        #expect(number.validity == .valid)
    }

    @Test(arguments: [
        ("0445512345678", false, "ES"), ("525512345678", true, "MX"), ("5512345678", false, "MX"),
        ("15512345678", true, "MX"), ("52155123456789", true, "MX"), ("", false, "MX"), ("00", false, "MX"),
        ("22901971234567", true, "BJ"),
    ])
    func `other numbers are no change's`(digits: String, isInternational: Bool, region: String) throws {
        let written = try #require(DigitString(digits))

        #expect(PlanChange(written, isInternational: isInternational, region: RegionKey(region)) == nil)
    }
}
