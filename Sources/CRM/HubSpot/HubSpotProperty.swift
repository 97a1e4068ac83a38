import Domain
import Synchronization

/// A property of contacts as HubSpot describes it. Source: HubSpot, "Properties".
struct HubSpotProperty: Decodable {
    struct Option: Decodable { let value: LooseText? }
    struct Metadata: Decodable { let readOnlyValue: Bool? }

    let name: String
    let label: String?
    let type: String?
    let fieldType: String?
    let hasUniqueValue: Bool?
    let calculated: Bool?
    let options: [Option]?
    /// `OWNER` where the value is the id of one.
    let referencedObjectType: String?
    let modificationMetadata: Metadata?
}

struct HubSpotProperties: Decodable {
    let results: [HubSpotProperty]
}

extension HubSpotProperty {
    /// What a property of text holds at most.
    private static let maxText = 65_536

    var described: DescribedField {
        let shape = shape
        let isReadOnly = calculated == true || modificationMetadata?.readOnlyValue == true
        return DescribedField(
            field: RemoteField(
                name: name, label: label.flatMap { $0.isEmpty ? nil : $0 } ?? name, shape: shape,
                isWritable: !isReadOnly, isUnique: hasUniqueValue == true || name == "email",
                maxLength: type == "string" ? Self.maxText : nil,
                choices: [.choice, .set, .language].contains(shape) ? (options ?? []).compactMap(\.value?.text) : []),
            kind: type ?? "string", isHTML: fieldType == "html", isMappable: fieldType != "file")
    }

    private var shape: FieldShape {
        switch (type, fieldType) {
        case _ where name == "hubspot_owner_id" || referencedObjectType == "OWNER": .user
        case ("enumeration", _) where name == "hs_language": .language
        case ("enumeration", "checkbox"): .set
        case ("enumeration", _): .choice
        case ("bool", _): .yesNo
        case ("number", _): .number
        case ("date", _): .date
        case ("datetime", _): .moment
        case ("phone_number", _), (_, "phonenumber"): .phone
        case (_, "file"), ("object_coordinates", _), ("json", _): .other
        case _ where name == "email": .email
        default: .text
        }
    }
}

/// Every value of HubSpot's travels as text.
extension DescribedField {
    /// As Puente writes it.
    func canonical(hubSpot stored: String) -> String {
        switch field.shape {
        case .moment: Timestamp(iso8601: stored)?.iso8601 ?? stored
        case .date: FieldText.day(stored) ?? Timestamp(iso8601: stored).map { String($0.iso8601.prefix(10)) } ?? stored
        case .number: FieldText.number(stored) ?? stored
        case .yesNo: stored.lowercased()
        case .text where isHTML: PlainHTML.read(stored)
        default: stored
        }
    }
}

extension MappedField {
    /// As HubSpot stores it; an empty text clears the property.
    func hubSpot() throws(CallFailure) -> String {
        switch value {
        case .empty: return ""
        case .text(let text) where [.other, .user].contains(field.field.shape):
            guard HubSpotConnector.isRecordID(text) else { throw FieldAdvice.noSuchRecord(field.field, "HubSpot") }
            return text
        case .text(let text): return field.isHTML ? PlainHTML.written(text) : text
        case .number(let number): return number
        case .flag(let flag): return flag ? "true" : "false"
        case .date(let day): return day
        case .moment(let moment): return moment.iso8601
        case .words(let words): return words.joined(separator: ";")
        }
    }
}

/// The properties as they were read last; nothing is known of them where they are to be read again.
final class HubSpotFieldCache: Sendable {
    private let kept = Mutex(KeptFields<FieldBook>())

    var known: FieldBook? { kept.withLock { $0.known } }
    var last: FieldBook? { kept.withLock { $0.last } }
    func keep(_ book: FieldBook) { kept.withLock { $0.known = book } }
    func forget() { kept.withLock { $0.known = nil } }
}
