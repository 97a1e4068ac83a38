import Domain
import Testing

@testable import CRM
@testable import OutboundHTTP

/// What each CRM says of a field becomes one word for all of them, and a sentence that names it.
@Suite struct RefusedFieldTests {
    private func hubSpot(_ status: Int, _ body: String) -> CallFailure {
        HubSpotFailure(secrets: ["t"], effect: .repeatable)
            .failure(OutboundResponse(status: status, body: Array(body.utf8)))
    }

    private func salesforce(_ body: String) -> CallFailure {
        SalesforceFailure(secrets: [], effect: .repeatable)
            .failure(OutboundResponse(status: 400, body: Array(body.utf8)))
    }

    private func zoho(_ details: String, code: String) throws -> CallFailure {
        let item: ZohoItem = try WireJSON.decode(
            from: Array(#"{"code":"\#(code)","details":\#(details),"message":"no","status":"error"}"#.utf8))
        return ZohoFailure(secrets: [], effect: .repeatable) { .seconds(1) }.failure(item)
    }

    @Test func `HubSpot names the property in its errors, or in its sentence`() {
        let listed = hubSpot(
            400,
            #"""
            {"status":"error","message":"Property values were not valid: []","category":"VALIDATION_ERROR",
             "errors":[{"message":"no number","code":"INVALID_NUMBER","context":{"propertyName":["lastname"]}}]}
            """#)
        let written = hubSpot(
            400,
            #"""
            {"status":"error","category":"VALIDATION_ERROR","message":
             "Property values were not valid: [{\"isValid\":false,\"error\":\"INVALID_OPTION\",\"name\":\"lifecyclestage\"}]"}
            """#)
        let taken = hubSpot(409, #"{"message":"Contact already exists. Existing ID: 512","category":"CONFLICT"}"#)

        #expect(listed.field == RefusedField(name: "lastname", rule: .kind))
        #expect(listed.code == "INVALID_NUMBER")
        #expect(listed.advice.en.contains("“lastname” of HubSpot") && listed.advice.es.contains("«lastname»"))
        #expect(written.field == RefusedField(name: "lifecyclestage", rule: .choice))
        #expect(taken.field == RefusedField(name: "email", rule: .unique))
        #expect(taken.code == CallFailure.RecordCode.conflict)
        #expect(hubSpot(400, #"{"message":"Batch is too large","category":"VALIDATION_ERROR"}"#).field == nil)
    }

    @Test(arguments: [
        ("REQUIRED_FIELD_MISSING", RefusedField.Rule.required), ("STRING_TOO_LONG", .tooLong),
        ("FIELD_CUSTOM_VALIDATION_EXCEPTION", .validation), ("INVALID_EMAIL_ADDRESS", .kind),
        ("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", .choice), ("SOMETHING_ELSE", .other),
    ])
    func `Salesforce lists the fields`(code: String, rule: RefusedField.Rule) {
        let failure = salesforce(#"[{"message":"no","errorCode":"\#(code)","fields":["LastName"]}]"#)
        #expect(failure.field == RefusedField(name: "LastName", rule: rule))
        #expect(failure.code == code && failure.kind == .permanent && failure.scope == .message)
    }

    @Test func `Salesforce tells of duplicates and of rules without a field`() {
        let taken = salesforce(
            #"[{"message":"duplicate value found: Key__c duplicates value on record with id: 003","errorCode":"DUPLICATE_VALUE"}]"#
        )
        let rule = salesforce(
            #"[{"message":"Not today","errorCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","fields":[]}]"#)
        let locked = salesforce(#"[{"message":"locked","errorCode":"ENTITY_IS_LOCKED","fields":[]}]"#)

        #expect(taken.field == RefusedField(name: "Key__c", rule: .unique))
        #expect(rule.field == nil && rule.advice.en.contains("rule or automation"))
        #expect(locked.field == nil && locked.advice.en.contains("locked"))
    }

    @Test func `Zoho names it in the details`() throws {
        #expect(
            try zoho(#"{"api_name":"Company"}"#, code: "MANDATORY_NOT_FOUND").field
                == RefusedField(name: "Company", rule: .required))
        #expect(
            try zoho(#"{"api_name":"City","maximum_length":100}"#, code: "INVALID_DATA").field
                == RefusedField(name: "City", rule: .tooLong))
        #expect(
            try zoho(#"{"api_name":"Email","expected_data_type":"email"}"#, code: "INVALID_DATA").field
                == RefusedField(name: "Email", rule: .kind))
        #expect(try zoho(#"{"api_name":"Email"}"#, code: "DUPLICATE_DATA").field?.rule == .unique)
        #expect(try zoho("{}", code: "INVALID_DATA").field == nil)
    }

    @Test func `Odoo names it beside its sentence`() {
        func field(_ text: String, _ name: String?) -> RefusedField? { OdooFailure.ofRow(text, field: name).field }
        #expect(
            field("Missing required value for the field 'Name' (name)", "name")
                == RefusedField(name: "name", rule: .required))
        #expect(
            field("No matching record found for name 'x' in field 'Tags'", "category_id/.id")
                == RefusedField(name: "category_id", rule: .reference))
        #expect(
            field("Value 'x' not found in selection field 'Language'", "lang")
                == RefusedField(name: "lang", rule: .choice))
        #expect(field("Something broke", nil) == nil)
    }

    @Test func `every rule has its sentence, and the label takes the name's place`() {
        var sentences: Set<LocalizedText> = []
        for rule in RefusedField.Rule.allCases {
            let failure = FieldAdvice.refused("lastname", rule, "HubSpot", code: "x", "no")
            let labelled = failure.labelled("Last Name")
            sentences.insert(failure.advice)
            #expect(failure.advice.en.contains("“lastname”") && failure.advice.es.contains("«lastname»"))
            #expect(labelled.advice.en.contains("“Last Name”") && labelled.advice.es.contains("«Last Name»"))
            #expect(labelled.field == RefusedField(name: "lastname", label: "Last Name", rule: rule))
        }
        #expect(sentences.count == RefusedField.Rule.allCases.count)
    }

    @Test func `what Puente itself finds wrong is no word of the vendor's`() {
        let field = RemoteField(name: "score", label: "Score", shape: .number)
        let failure = FieldAdvice.notOfKind(field, .number, "HubSpot")
        #expect(failure.vendorText.isEmpty)
        #expect(failure.field == RefusedField(name: "score", label: "Score", rule: .kind))
    }

    @Test func `the same refusal is known by field and value, else by its words`() {
        func refusal(_ value: String?, _ text: String) -> CallFailure {
            var failure = FieldAdvice.refused("lastname", .kind, "HubSpot", code: "x", text)
            failure.field?.value = value
            return failure
        }
        #expect(refusal("Ruiz", "record 1").isSameRefusal(as: refusal("Ruiz", "record 2")))
        #expect(!refusal("Ruiz", "no").isSameRefusal(as: refusal("Díaz", "no")))
        #expect(OdooAdvice.rejected("load", "a").isSameRefusal(as: OdooAdvice.rejected("load", "a")))
        #expect(!OdooAdvice.rejected("load", "a").isSameRefusal(as: OdooAdvice.rejected("load", "b")))
    }
}
