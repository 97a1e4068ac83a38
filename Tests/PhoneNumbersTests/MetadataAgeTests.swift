import Domain
import Testing

@testable import PhoneNumbers

/// Rows on which newer metadata answers otherwise than the metadata that we are tested with.
@Suite struct MetadataAgeTests {
    @Test func `a number that newer plans have is marked until the installed plans have it`() throws {
        let newer = try PhoneCase.read("metadata-age.tsv", column: 2).filter { $0.e164 != nil }

        for row in newer {
            let number = try PhoneNumber(row.raw, region: row.defaultRegion)
            let isKnown = try place(of: #require(row.e164)) != nil

            #expect(number.e164 == row.e164, "\(row.testDescription)")
            #expect(number.validity == (isKnown ? .valid : .possible), "\(row.testDescription)")
        }
        #expect(newer.count == 13)
    }

    @Test func `a prefix that newer plans have dropped is still read while the installed plans have it`() throws {
        let older = try PhoneCase.read("metadata-age.tsv", column: 3).filter { $0.e164 != nil && $0.region != "MX" }

        for row in older {
            let plan = try #require(RegionKey(row.region).flatMap { PlanBook.installed?.plans(of: $0)?.own })
            let national = try #require(row.e164.flatMap { DigitString($0.dropFirst(3)) })
            let isStripped = plan.nationalPrefix?.strip(from: [0] + national, of: plan) == national

            let number = try? PhoneNumber(row.raw, region: row.region)  // Refused is one of the answers.
            #expect((number?.e164 == row.e164 && number?.validity == .valid) == isStripped, "\(row.testDescription)")
        }
        #expect(older.count == 4)
    }

    @Test func `Mexican numbers are read with their old prefixes, whatever the plans' age`() throws {
        let older = try PhoneCase.read("metadata-age.tsv", column: 3).filter { $0.region == "MX" }

        for row in older {
            #expect(try PhoneNumber(row.raw, region: "MX").e164 == row.e164, "\(row.testDescription)")
        }
        #expect(older.count == 10)
    }

    /// What the installed plans say of a number.
    private func place(of e164: String) throws -> (region: String, kind: PhoneNumberKind)? {
        let digits = try #require(DigitString(e164.dropFirst()))
        let (plans, national) = try #require(PlanBook.installed?.split(digits))
        return plans.place(national)
    }
}
