import Domain
import PhoneNumbers
import Testing

@Suite struct PhoneRegionTests {
    @Test(arguments: [
        ("MX", "MX"), ("mx", "MX"), (" Mex ", "MX"), ("México", "MX"), ("MEXICO", "MX"), ("Me\u{301}xico", "MX"),
        ("墨西哥", "MX"), ("+52", "MX"), ("52", "MX"), ("0052", "MX"), ("España", "ES"), ("ESPANA", "ES"), ("Spain", "ES"),
        ("Espanha", "ES"), ("EE. UU.", "US"), ("U.S.A.", "US"), ("Estados Unidos", "US"), ("Reino Unido", "GB"),
        ("UK", "GB"), ("臺灣", "TW"), ("台灣", "TW"), ("Taiwan", "TW"), ("中國", "CN"), ("Perú", "PE"), ("Brasil", "BR"),
        ("República Dominicana", "DO"), ("Corea del Sur", "KR"), ("Côte d’Ivoire", "CI"), ("+1", "US"), ("+7", "RU"),
        ("DEU", "DE"), ("Bosnia & Herzegovina", "BA"), ("香港", "HK"),
    ])
    func `a country column is read in many writings`(written: String, code: String) {
        #expect(PhoneRegion(written)?.code == code)
    }

    @Test(arguments: ["", " ", "-", "ZZ", "+999", "+800", "Atlantis", "5255", "M", "0", "00", "México DF"])
    func `what names no country is none`(written: String) {
        #expect(PhoneRegion(written) == nil)
    }

    @Test func `every region has its names and its calling code, and is found by each`() {
        #expect(PhoneRegion.all.count > 240)
        for region in PhoneRegion.all {
            #expect(PhoneRegion(region.code) == region)
            #expect(PhoneRegion(region.name.en) == region)
            #expect(PhoneRegion(region.name.es) == region)
            #expect(region.callingCode != nil, "\(region.code)")
        }
    }

    @Test func `a number is read by the region of its row`() throws {
        let region = try #require(PhoneRegion("Perú"))

        #expect(try PhoneNumber("912 345 678", region: region.code).e164 == "+51912345678")
    }
}
