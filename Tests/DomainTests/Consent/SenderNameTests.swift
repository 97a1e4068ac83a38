import Domain
import Testing

@Suite struct SenderNameTests {
    @Test(arguments: [
        ("Ejemplo S.A.", "Ejemplo S.A."), ("Ejemplo S.A.", "Hola, soy Ana de EJEMPLO"),
        ("Ejemplo S.A. de C.V.", "— Ejemplo, S. A. de C. V."), ("Panadería Ñandú", "PANADERIA NANDU le saluda"),
        ("Example Trading Co., Ltd.", "this is Example Trading Co"), ("台灣範例股份有限公司", "您好，我是台灣範例的小美"),
        ("范例有限公司", "【范例】您的订单"), ("A1 Ltd", "A1: your parcel"), ("S.A.", "S.A. le escribe"),
    ])
    func `a company is named in whatever writing`(name: String, text: String) {
        #expect(SenderName([name]).isNamed(in: text))
    }

    @Test(arguments: [
        ("Ejemplo S.A.", "Por ejemplos"), ("Ejemplo S.A.", "Hola"), ("Ejemplo S.A.", "https://ejemplo.example/oferta"),
        ("Ejemplo S.A.", "escriba a ventas@ejemplo.mx"), ("Ejemplo S.A.", "www.ejemplo.mx"), ("Sol Norte", "norte sol"),
        ("台灣範例有限公司", "您好"), ("Sol", "soldado"), ("Tea & Co", "your tea"),
    ])
    func `and not by a part of a word or an address`(name: String, text: String) {
        #expect(!SenderName([name]).isNamed(in: text))
    }

    @Test func `the verified name and the workspace's both count, and the verified one is shown`() {
        let sender = SenderName([nil, " ", "Ejemplo Norte", "Ejemplo S.A.", "Ejemplo Norte"])
        #expect(sender.names == ["Ejemplo Norte", "Ejemplo S.A."])
        #expect(sender.shown == "Ejemplo Norte")
        #expect(sender.isNamed(in: "Ejemplo"))
        #expect(!SenderName([]).isNamed(in: ""))
    }
}
