import Domain
import Foundation
import Synchronization

/// `GET /crm/v8/{module}/search`: by phone, e-mail, word or criteria; sees new records after the index's delay, and
/// 2,000 of them at most.
/// Source: Zoho CRM API v8, "Search Records".
extension Zoho {
    private static let mostResults = 2000

    func search(_ module: ZohoModule, _ call: Call) throws(ZohoError) -> Answer {
        let perPage = call.number("per_page", in: 1...200) ?? 200
        let page = call.number("page", in: 1...10_000) ?? 1
        guard page * perPage <= Self.mostResults else {
            throw ZohoError("LIMIT_REACHED", "the search gives 2000 records at most", details: ["limit": 2000])
        }
        let names = call.query["fields"].map { Self.list($0) }
        return try withState { state throws(ZohoError) in
            let found = try Self.matches(call, module, in: state).filter { $0.searchableAt <= call.now.milliseconds }
            let sorted = found.sorted { $0.id > $1.id }
            let part = sorted.dropFirst((page - 1) * perPage).prefix(perPage)
            let writer = ZohoWriter(module, in: state, names: names)
            return Self.page(
                part.map(writer.json),
                [
                    "per_page": JSON(perPage), "count": JSON(part.count), "page": JSON(page), "sort_by": "id",
                    "sort_order": "desc", "more_records": JSON(page * perPage < sorted.count),
                ])
        }
    }

    private static func matches(
        _ call: Call, _ module: ZohoModule, in state: ZohoState
    ) throws(ZohoError) -> [ZohoRecord] {
        let (book, table) = (state.book(module), state.table(module))
        if let criteria = call.query["criteria"] {
            let condition = try ZohoCriteria.condition(criteria, book: book)
            return COQLRun(condition: condition, book: book, table: table).matches
        }
        if let email = call.query["email"]?.lowercased() {
            let fields = book.all.filter { $0.kind == .email }.compactMap { book.number(of: $0.name) }
            return table.live.filter { record in fields.contains { record[$0]?.lowercased() == email } }
        }
        if let phone = call.query["phone"] { return phoneMatches(phone, book, table) }
        if let word = call.query["word"]?.lowercased(), word.count >= 2 {
            return table.live.filter { record in record.values.contains { $0.text.lowercased().contains(word) } }
        }
        throw .missingParameter("criteria")
    }

    /// Whatever signs people wrote between the digits: a record is found whose number ends with what was asked for.
    private static func phoneMatches(_ phone: String, _ book: ZohoFieldBook, _ table: ZohoTable) -> [ZohoRecord] {
        let digits = phone.filter(\.isASCIIDigit)
        let fields = book.all.filter { $0.kind == .phone }.compactMap { book.number(of: $0.name) }
        return table.ids(withPhoneLike: digits).compactMap { table[$0] }.filter { record in
            fields.contains { (record[$0] ?? "").filter(\.isASCIIDigit).hasSuffix(digits) }
        }
    }
}
