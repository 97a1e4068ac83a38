/// The sandbox's counts, vendor by vendor.
struct SandboxSummary: Decodable {
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue _: Int) { nil }
    }

    private struct Vendor: Decodable {
        let counts: [String: Int]
        let answers: [String: Int]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Name.self)
            // What is no number is no count.
            counts = container.allKeys.reduce(into: [:]) {
                $0[$1.stringValue] = try? container.decode(Int.self, forKey: $1)
            }
            answers = try container.decodeIfPresent([String: Int].self, forKey: Name(stringValue: "answers")) ?? [:]
        }
    }

    private let vendors: [String: Vendor]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        // Beside the vendors there are a clock and some figures of the sandbox itself.
        vendors = container.allKeys.reduce(into: [:]) {
            $0[$1.stringValue] = try? container.decode(Vendor.self, forKey: $1)
        }
    }

    /// 0 while there is none.
    func count(_ name: String, of vendor: String) -> Int { vendors[vendor]?.counts[name] ?? 0 }

    func answers(_ status: Int, of vendor: String) -> Int { vendors[vendor]?.answers["\(status)"] ?? 0 }
}

/// A message as a CRM keeps it, whichever that is.
struct SandboxActivity: Decodable {
    private struct HubSpotProperties: Decodable { let hs_communication_body: String? }
    private struct OwnData: Decodable { let text: String? }
    /// Odoo writes `false` for nothing.
    private struct OdooText: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            text = try? container.decode(String.self)  // what is no text is none
        }
    }

    private let properties: HubSpotProperties?
    private let data: OwnData?
    private let Body__c: String?
    private let Note_Content: String?
    private let body: OdooText?
    /// Milliseconds since 1970.
    let received_at: Int64
    /// How often it was told of; an own system alone says so.
    let recordings: Int?

    var text: String {
        properties?.hs_communication_body ?? data?.text ?? Body__c ?? Note_Content ?? body?.text ?? ""
    }
}
