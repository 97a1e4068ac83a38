import ContactFiles
import Testing

@Suite struct LabelListTests {
    @Test(arguments: [
        (["VIP", "Feria 2026"], "VIP, Feria 2026"), (["Madrid, norte", "VIP"], "\"Madrid, norte\", VIP"),
        (["\"A\""], "\"\"\"A\"\"\""), (["5\" tubo"], "5\" tubo"), (["客戶；北"], "\"客戶；北\""), ([], ""),
    ])
    func `labels are the same when they are read again`(labels: [String], text: String) {
        #expect(LabelList.text(labels) == text)
        #expect(LabelList.labels(in: text) == labels)
    }

    @Test(arguments: [
        ("VIP; feria ,  norte|sur", ["VIP", "feria", "norte", "sur"]), (" ,; ", []), ("a\r\nb\tc", ["a", "b", "c"]),
        ("\"abierta, VIP", ["\"abierta", "VIP"]), ("\"a\" b, c", ["\"a\" b", "c"]), ("標籤、客戶", ["標籤", "客戶"]),
    ])
    func `labels are read in any habit of writing`(cell: String, labels: [String]) {
        #expect(LabelList.labels(in: cell) == labels)
    }
}
