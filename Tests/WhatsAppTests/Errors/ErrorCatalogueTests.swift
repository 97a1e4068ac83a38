import Testing

@testable import Domain
@testable import WhatsApp

@Suite struct ErrorCatalogueTests {
    /// Every code that Meta's table has, as far as one of ours concerns it.
    static let documented: [Int] = [
        0, 1, 2, 3, 4, 10, 33, 100, 190, 200, 250, 299, 368, 613, 80007, 80008, 130429, 130472, 130497, 131000, 131005,
        131008, 131009, 131016, 131020, 131021, 131026, 131030, 131031, 131036, 131037, 131041, 131042, 131044, 131045,
        131047, 131048, 131049, 131050, 131051, 131052, 131053, 131055, 131056, 131057, 131059, 131060, 131062, 131063,
        131064, 131201, 131207, 131208, 131215, 132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018,
        132068, 132069, 133000, 133004, 133005, 133006, 133008, 133009, 133010, 133015, 133016, 134011, 134100, 134101,
        134102, 135000, 137000, 138006, 139000, 139004, 139100, 139101, 139102, 139103, 147001, 147005, 2388019,
        2388040, 2388047, 2388072, 2388073, 2388293, 2388299, 2388023, 2388001, 2388103, 2388999, 2494100, 2593107,
        2593108, 2593109,
    ]

    @Test(arguments: documented)
    func `every documented code has a title and advice in both languages`(code: Int) throws {
        let entry = try #require(ErrorCatalogue.entry(code: code, subcode: nil))

        for text in [entry.title, entry.advice] {
            #expect(!text.en.isEmpty)
            #expect(!text.es.isEmpty)
            #expect(text.en != text.es)
        }
        #expect(entry.advice.en.hasSuffix("."))
        #expect(entry.advice.es.hasSuffix("."))
    }

    /// Tokens and ids are written into the configuration; the page Connections only shows them.
    @Test(arguments: documented)
    func `no advice sends a person to a page where nothing can be entered`(code: Int) throws {
        let advice = try #require(ErrorCatalogue.entry(code: code, subcode: nil)).advice

        #expect(!advice.en.contains("in Connections") && !advice.es.contains("en Conexiones"))
    }

    @Test func `no code stands in two lines`() {
        let lines =
            ErrorCatalogue.accountLines + ErrorCatalogue.limitLines + ErrorCatalogue.serviceLines
            + ErrorCatalogue.recipientLines + ErrorCatalogue.requestLines + ErrorCatalogue.templateLines
            + ErrorCatalogue.setupLines

        #expect(lines.flatMap(\.codes).count == ErrorCatalogue.entries.count)
    }

    @Test func `a failure that came by webhook is explained`() {
        let known = ErrorCatalogue.explanation(
            forStatusFailure: GraphFailure(code: 131047, title: "Re-engagement message", details: nil))
        let new = ErrorCatalogue.explanation(
            forStatusFailure: GraphFailure(code: 999_999, title: "New thing", details: "It broke"))

        #expect(known.title.en == "Outside the 24-hour window")
        #expect(
            known.advice.es
                == "Han pasado más de 24 horas desde el último mensaje del cliente. Envíe una plantilla aprobada.")
        #expect(new.title.es == "WhatsApp lo rechazó")
        #expect(new.advice.en.hasSuffix("Meta says: New thing: It broke"))
    }

    @Test(arguments: [(1, 4), (2, 16), (3, 64), (6, 4096), (7, 4096), (.max, 4096), (0, 4), (.min, 4)])
    func `the wait for one customer grows fourfold up to a ceiling`(refusals: Int, seconds: Int) {
        #expect(ErrorCatalogue.pairWait(afterRefusals: refusals) == .seconds(seconds))
    }

    @Test func `a precise subcode explains better than code 100`() {
        #expect(
            ErrorCatalogue.entry(code: 100, subcode: 2_388_299)?.title.en == "Variable at the beginning or end")
        #expect(ErrorCatalogue.entry(code: 100, subcode: 2_494_055)?.title.en == "A value is not valid")
        #expect(ErrorCatalogue.entry(code: 100, subcode: 33)?.title.en == "Number or object not found")
        #expect(ErrorCatalogue.entry(code: 190, subcode: 463)?.title.en == "Access token expired or revoked")
    }
}
