import Domain
import Pipeline
import Store

extension ConnectionDesk {
    /// The token “wrong” is refused, and what begins with it; all else is through. Nothing outside is asked.
    static func sample(_ store: Store) -> ConnectionDesk {
        ConnectionDesk(
            store: store,
            trial: { account, _ in
                let isWrong = account.secrets.contains("\"wrong")
                return [
                    ConnectionTrialStep(
                        title: LocalizedText(en: "Address", es: "Dirección"), state: .passed,
                        detail: .same(account.baseURL)),
                    ConnectionTrialStep(
                        title: LocalizedText(en: "Access token", es: "Token de acceso"),
                        state: isWrong ? .failed : .passed,
                        detail: LocalizedText(en: "Vendor <b>", es: "Palabras del proveedor <b>")),
                ]
            },
            exchange: { _ in "refresh-of-the-code" },
            problem: { url in
                url.hasPrefix("https://")
                    ? nil : LocalizedText(en: "It leads into a private network.", es: "Lleva a una red privada.")
            },
            random: { Array(repeating: 0xa7, count: $0) }, reload: {})
    }
}
