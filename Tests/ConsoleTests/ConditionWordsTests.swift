import Domain
import Testing

@testable import Console

@Suite struct ConditionWordsTests {
    private let conditions: SegmentConditions

    init() throws {
        conditions = try SegmentConditions(
            .any,
            [
                .condition(.label(id(7001), isSo: true)), .condition(.activity(.never)),
                .condition(.field(id(7101), .choice, .equals("Oro"))),
            ])
    }

    private func words(_ language: Language) throws -> ConditionWords {
        ConditionWords(context: try SampleWorld(language).context, vocabulary: PeopleSamples.vocabulary)
    }

    @Test func `conditions inside a sentence begin small, but for the company's own names`() throws {
        let name = try #require(PeopleSamples.vocabulary.labels.first { $0.id == id(7001) }).name

        #expect(
            try words(.english).clause(conditions)
                == "label is “\(name)” or the contact never wrote or Nivel is “Oro”")
        #expect(
            try words(.spanish).clause(conditions)
                == "etiqueta es «\(name)» o el contacto nunca ha escrito o Nivel es «Oro»")
    }

    @Test func `by themselves they begin with a capital, once`() throws {
        let sentence = try words(.spanish).sentence(conditions)

        #expect(sentence.hasPrefix("Etiqueta es «"))
        #expect(sentence.hasSuffix(" o el contacto nunca ha escrito o Nivel es «Oro»"))
    }
}
