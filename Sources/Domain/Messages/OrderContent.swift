/// A basket that a customer sent from a catalogue. Prices are kept as WhatsApp wrote them: text, never a Double.
package struct OrderContent: Equatable, Codable, Sendable {
    package struct Item: Equatable, Codable, Sendable {
        package var productRetailerID: String
        package var quantity: String
        package var itemPrice: String
        package var currency: String

        package init(productRetailerID: String, quantity: String, itemPrice: String, currency: String) {
            self.productRetailerID = productRetailerID
            self.quantity = quantity
            self.itemPrice = itemPrice
            self.currency = currency
        }
    }

    package var catalogID: String?
    package var text: String?
    package var items: [Item]

    package init(catalogID: String?, text: String?, items: [Item]) {
        self.catalogID = catalogID
        self.text = text
        self.items = items
    }
}
