import Testing

@testable import Domain
@testable import WhatsApp

@Suite struct TemplateDefinitionTests {
    private func template(_ components: String, _ more: String = "") throws -> TemplateDefinition {
        let text = """
            {"id":"1315502779341834","name":"order_ready","language":"es-MX","status":"APPROVED","category":"UTILITY",
             "components":\(components)\(more)}
            """
        return try #require(TemplateDefinition(try JSONParser.parse(Array(text.utf8))))
    }

    @Test func `name, language, state, quality and reason are read`() throws {
        let template = try template(
            "[]", #","quality_score":{"score":"YELLOW","date":1748454394},"rejected_reason":"NONE""#)

        #expect(template.id == "1315502779341834")
        #expect(template.name == "order_ready")
        #expect(template.language == "es_MX")
        #expect(template.status == "APPROVED")
        #expect(template.category == "UTILITY")
        #expect(template.quality == "YELLOW")
        #expect(template.rejectedReason == nil)
        #expect(try self.template("[]", #","rejected_reason":"INVALID_FORMAT""#).rejectedReason == "INVALID_FORMAT")
    }

    @Test func `positional variables come in the order of their numbers`() throws {
        let facts = try template(
            #"[{"type":"BODY","text":"Hola {{2}}, pedido {{1}} de {{2}} y {{10}}."},{"type":"FOOTER","text":"Adiós"}]"#
        ).facts

        #expect(facts.bodyVariables == ["1", "2", "10"])
        #expect(!facts.isNamed)
        #expect(facts.bodyText == "Hola {{2}}, pedido {{1}} de {{2}} y {{10}}.")
        #expect(facts.footerText == "Adiós")
        #expect(facts.header == nil)
        #expect(facts.buttonSlots.isEmpty)
    }

    @Test func `named variables come as they occur`() throws {
        let facts = try template(
            #"[{"type":"body","text":"Hola {{first_name}}, {{ order_id }} {{first_name}}"}]"#,
            #","parameter_format":"NAMED""#
        ).facts

        #expect(facts.bodyVariables == ["first_name", "order_id"])
        #expect(facts.isNamed)
    }

    @Test func `braces that hold no name are text`() throws {
        let facts = try template(#"[{"type":"BODY","text":"{{}} {{a b!}} {{1 {{2}} }} {{"}]"#).facts

        #expect(facts.bodyVariables == ["2"])
    }

    @Test(
        arguments: [
            (#"{"type":"HEADER","format":"TEXT","text":"Hola"}"#, nil),
            (#"{"type":"HEADER","format":"TEXT","text":"Hola {{1}}"}"#, .text),
            (#"{"type":"HEADER","format":"IMAGE","example":{"header_handle":["x"]}}"#, .image),
            (#"{"type":"HEADER","format":"VIDEO"}"#, .video), (#"{"type":"HEADER","format":"GIF"}"#, .video),
            (#"{"type":"HEADER","format":"DOCUMENT"}"#, .document),
            (#"{"type":"header","format":"location"}"#, .location),
        ] as [(String, TemplateFacts.Header?)])
    func `a header says what it needs`(component: String, header: TemplateFacts.Header?) throws {
        #expect(try template("[\(component)]").facts.header == header)
    }

    @Test func `buttons that need a value keep their place among all buttons`() throws {
        let facts = try template(
            """
            [{"type":"BODY","text":"x"},{"type":"BUTTONS","buttons":[
              {"type":"QUICK_REPLY","text":"Stop"},{"type":"URL","text":"See","url":"https://example.com/"},
              {"type":"URL","text":"Track","url":"https://example.com/{{1}}"},{"type":"COPY_CODE","example":"25OFF"},
              {"type":"PHONE_NUMBER","text":"Call","phone_number":"+1"},{"type":"REQUEST_CONTACT_INFO"}]}]
            """
        ).facts

        #expect(facts.buttonSlots == [.init(index: 2, subType: "url"), .init(index: 3, subType: "copy_code")])
    }

    @Test func `an authentication template takes its code twice`() throws {
        let text = """
            {"id":"1","name":"code","language":"es","status":"APPROVED","category":"AUTHENTICATION","components":[
             {"type":"BODY","add_security_recommendation":true},
             {"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE","text":"Copiar"}]}]}
            """
        let facts = try #require(TemplateDefinition(try JSONParser.parse(Array(text.utf8)))).facts

        #expect(facts.bodyVariables == ["1"])
        #expect(facts.buttonSlots == [.init(index: 0, subType: "url")])
    }

    @Test(arguments: [#"{"type":"CAROUSEL","cards":[]}"#, #"{"type":"LIMITED_TIME_OFFER"}"#])
    func `what we cannot fill in keeps the gate closed`(component: String) throws {
        let facts = try template(#"[{"type":"BODY","text":"x"},\#(component)]"#).facts
        let content = TemplateContent(name: "order_ready", language: "es_MX")

        #expect(!facts.isFillable)
        #expect(!facts.isFilled(by: content))
        #expect(try template(#"[{"type":"BODY","text":"x"}]"#).facts.isFilled(by: content))
    }

    @Test func `the components are kept as they came`() throws {
        #expect(
            try template(#"[{"type":"BODY","text":"x","new":{"b":1,"a":9007199254740993}}]"#).components
                == #"[{"new":{"a":9007199254740993,"b":1},"text":"x","type":"BODY"}]"#)
    }

    @Test(arguments: ["null", "7", "{}", #"[7,null,"x",{"type":7},{"type":"BUTTONS","buttons":"x"}]"#])
    func `odd components leave a template without slots`(components: String) throws {
        let facts = try template(components).facts

        #expect(facts.bodyVariables.isEmpty)
        #expect(facts.buttonSlots.isEmpty)
    }

    @Test func `a template without a name is none`() {
        #expect(TemplateDefinition(["id": "1", "language": "es"]) == nil)
    }
}
