/// The phone fields HubSpot computes from what people typed. Source: HubSpot, "Search the CRM: phone numbers".
struct ComputedPhones: Sendable {
    private struct Numbers {
        let phone: Int?
        let calculated: Int?
        let searchable: Int?
    }

    private let phone: Numbers
    private let mobile: Numbers
    private let countryCode: Int?
    private let international: Int?

    init(_ book: PropertyBook) {
        phone = Numbers(
            phone: book.number(of: "phone"), calculated: book.number(of: "hs_calculated_phone_number"),
            searchable: book.number(of: "hs_searchable_calculated_phone_number"))
        mobile = Numbers(
            phone: book.number(of: "mobilephone"), calculated: book.number(of: "hs_calculated_mobile_number"),
            searchable: book.number(of: "hs_searchable_calculated_mobile_number"))
        countryCode = book.number(of: "hs_calculated_phone_number_country_code")
        international = book.number(of: "hs_searchable_calculated_international_phone_number")
    }

    /// Sets the computed fields of a contact from its `phone` and `mobilephone`.
    func apply(to record: inout CRMRecord) {
        let split = set(phone, in: &record)
        set(mobile, in: &record)
        if let countryCode { record[countryCode] = split?.country }
        if let international { record[international] = split.map { $0.code + $0.national } }
    }

    @discardableResult
    private func set(
        _ numbers: Numbers, in record: inout CRMRecord
    ) -> (code: String, country: String, national: String)? {
        guard let source = numbers.phone, let calculated = numbers.calculated, let searchable = numbers.searchable
        else {
            return nil
        }
        let typed = record[source] ?? ""
        let digits = typed.filter(\.isASCIIDigit)
        guard typed.contains("+"), (7...15).contains(digits.count), let split = CallingCodes.split(digits) else {
            record[calculated] = nil
            record[searchable] = digits.count >= 6 ? digits : nil
            return nil
        }
        record[calculated] = "+\(digits)"
        record[searchable] = split.national
        return split
    }
}
