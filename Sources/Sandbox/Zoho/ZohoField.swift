/// One field of a module.
struct ZohoField: Sendable {
    /// `data_type` as Zoho names it.
    enum Kind: String, Sendable, CaseIterable {
        case text, textarea, email, phone, website, picklist, multiselectpicklist, boolean, date, datetime, integer
        case double, currency, lookup, ownerlookup, bigint
    }

    let name: String
    let label: String
    var kind: Kind
    let length: Int
    var id: Int64 = 0
    var isUnique = false
    var isMandatory = false
    var isReadOnly = false
    var isCustom = false
    /// The module whose records a lookup names.
    var lookup: ZohoModule?
    var options: [String] = []

    init(_ name: String, _ kind: Kind = .text, length: Int? = nil) {
        self.name = name
        label = name.split(separator: "_").joined(separator: " ")
        self.kind = kind
        self.length = length ?? Self.defaultLength(kind)
    }

    /// Reads one element of `POST /crm/v8/settings/fields`. The API name follows from the label: nobody can choose it.
    init(_ json: JSON, path: String) throws(ZohoError) {
        guard let label = json["field_label"]?.text, (1...50).contains(label.utf8.count) else {
            throw .missing("field_label", path: "\(path).field_label")
        }
        guard let kind = json["data_type"]?.text.flatMap(Kind.init(rawValue:)), kind != .ownerlookup, kind != .bigint
        else { throw .invalid("data_type", path: "\(path).data_type") }
        self.label = label
        self.kind = kind
        name = String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        length = Int(clamping: json["length"]?.wholeNumber ?? Int64(Self.defaultLength(kind)))
        isUnique = json["unique"]?.members != nil
        isCustom = true
        lookup = json["lookup"]?["module"]?["api_name"]?.text.flatMap { ZohoModule($0) }
        if kind == .lookup, lookup == nil { throw .missing("lookup", path: "\(path).lookup") }
        if isUnique, ![.text, .email, .phone, .integer].contains(kind) {
            throw .invalid("unique", path: "\(path).unique")
        }
        options = (json["pick_list_values"]?.items ?? []).compactMap { $0["display_value"]?.text }
    }

    private static func defaultLength(_ kind: Kind) -> Int {
        switch kind {
        case .text, .lookup, .ownerlookup: 255
        case .textarea: 2000
        case .email: 100
        case .phone: 30
        case .website: 450
        case .picklist: 120
        case .multiselectpicklist: 2000
        case .boolean, .date, .datetime, .integer, .double, .currency, .bigint: 20
        }
    }

    var json: JSON {
        [
            "id": JSON(String(id)), "api_name": JSON(name), "field_label": JSON(label), "display_label": JSON(label),
            "data_type": JSON(kind.rawValue), "json_type": JSON(jsonType), "length": JSON(length),
            "custom_field": JSON(isCustom), "read_only": JSON(isReadOnly), "field_read_only": JSON(isReadOnly),
            "system_mandatory": JSON(isMandatory), "visible": true, "filterable": true, "sortable": true,
            "searchable": true, "unique": isUnique ? ["casesensitive": "false"] : [:],
            "pick_list_values": .array(
                options.map { ["display_value": JSON($0), "actual_value": JSON($0), "type": "used"] }),
            "lookup": lookup.map { ["module": ["api_name": JSON($0.apiName), "id": JSON(String($0.id))]] } ?? [:],
        ]
    }

    private var jsonType: String {
        switch kind {
        case .boolean: "boolean"
        case .integer: "integer"
        case .double, .currency: "double"
        case .multiselectpicklist: "jsonarray"
        case _ where name == "Tag": "jsonarray"
        case .lookup, .ownerlookup: "jsonobject"
        default: "string"
        }
    }
}
