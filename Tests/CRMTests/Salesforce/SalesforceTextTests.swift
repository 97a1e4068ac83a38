import Domain
import Testing

@testable import CRM

@Suite struct SalesforceTextTests {
    @Test(
        "a name has a last name, whatever is known",
        arguments: [
            ("Ana", "López", "Ana", "López"), ("Ana María López", nil, "Ana María", "López"), ("Ana", nil, nil, "Ana"),
            ("🌸🌸", nil, nil, "+34600111222"), (nil, nil, nil, "+34600111222"), ("  Ana   López ", "", "Ana", "López"),
        ] as [(String?, String?, String?, String)])
    func name(first: String?, last: String?, expectedFirst: String?, expectedLast: String) {
        let name = RecordName(first: first, last: last, fallbacks: ["🎉", "+34600111222"])
        #expect(name.first == expectedFirst)
        #expect(name.last == expectedLast)
    }

    @Test func `long names are cut to what Salesforce keeps`() {
        let long = String(repeating: "ñ", count: 200)
        let name = RecordName(first: long, last: long, fallbacks: [])
        #expect(name.first?.utf16.count == 40)
        #expect(name.last.utf16.count == 80)
    }

    @Test func `text is cut between characters, and control characters go`() {
        #expect(PlainText.cut("a\u{0}b\u{7}c\nd", to: 0) == "abc\nd")
        #expect(PlainText.cut("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", to: 12) == "👨‍👩‍👧‍👦")
    }

    @Test func `a subject fits and ends with its marker`() {
        let long = activity(3, text: String(repeating: "palabra ", count: 200))
        let subject = SalesforceActivityText(activity: long, language: .spanish).subject
        #expect(subject.utf16.count <= 255)
        #expect(subject.hasPrefix("WhatsApp ← Ana: palabra"))
        #expect(CommunicationBody.marker(in: subject) == puenteID(3))
    }

    @Test func `a message as long as it may be still ends with its files`() {
        var long = activity(text: String(repeating: "a", count: 65_000))
        long.media = [ActivityMedia(kind: .document, url: "https://puente.example/media/7")]
        let text = SalesforceActivityText(activity: long, language: .english).text
        #expect(text.utf16.count <= 32_000)
        #expect(text.hasSuffix("document: https://puente.example/media/7"))
    }

    @Test func `queries hold what people write as text`() {
        #expect(SOQL.text(#"O'Brien \ "x""#) == #"'O\'Brien \\ "x"'"#)
        #expect(FormBody.escaped("a+b c&d='é'") == "a%2Bb%20c%26d%3D'%C3%A9'")
        #expect(!SalesforceRecordID.isContact("003000000000000AA'"))
    }

    @Test func `a value that a restricted list lacks is left out, a long one is cut`() {
        let fields = SalesforceFields(
            fields: [
                "A": .init(isWritable: true, isUniqueKey: false, length: 3, allowed: nil),
                "B": .init(isWritable: true, isUniqueKey: false, length: 40, allowed: ["Sent"]),
                "C": .init(isWritable: false, isUniqueKey: false, length: 40, allowed: nil),
            ], isCreatable: true)
        #expect(fields.writable(["A": "abcdef", "B": "Queued", "C": "x", "D": "y"]) == ["A": "abc"])
        #expect(fields.writable(["B": "Sent"]) == ["B": "Sent"])
    }

    @Test func `fields that our user may not see are not asked for`() {
        let field = SalesforceFields.Field(isWritable: true, isUniqueKey: true, length: 18, allowed: nil)
        let schema = SalesforceSchema(
            contact: SalesforceFields(fields: ["LastName": field, "Puente_Id__c": field], isCreatable: true),
            message: nil)
        #expect(
            SOQL.contactFields(schema) == "Id,SystemModstamp,IsDeleted,MasterRecordId,LastName,Puente_Id__c")
        #expect(schema.missing == SalesforceField.allCases.filter { $0 != .puenteID })
    }

    @Test func `phones are searched in the forms that people use`() {
        let terms = PhoneTerms.terms(of: ["5215512345678"])
        #expect(Set(terms).isSuperset(of: ["5215512345678", "525512345678", "5512345678"]))
        #expect(PhoneTerms.terms(of: ["x} RETURNING User", "12"]) == [])
    }
}
