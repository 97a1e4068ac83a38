/// The words that end marketing, in each language as people write them; compared as ``SpokenWord``.
///
/// Left out on purpose: what in a shop's conversations mostly means something else, such as "cancelar" (an order),
/// "no más" (nothing else), "end", "fin". A company adds what its customers say.
package enum WithdrawalWords {
    package static let byLanguage: [ConsentLanguage: [String]] = [
        .spanish: [
            "baja", "alto", "parar", "pare", "paren", "detener", "basta", "stop", "dar de baja", "darme de baja",
            "dame de baja", "deme de baja", "denme de baja", "quiero darme de baja", "solicito la baja",
            "cancelar suscripción", "cancelar la suscripción", "anular suscripción", "desuscribir", "desuscribirme",
            "desuscribirse", "detener promociones", "detener mensajes", "no más mensajes", "no más promociones",
            "no más publicidad", "no más ofertas", "no quiero más mensajes", "no quiero recibir más mensajes",
            "no quiero recibir mensajes", "no quiero publicidad", "no quiero promociones",
            "no deseo recibir más mensajes", "no deseo recibir mensajes", "no enviar más", "no enviar más mensajes",
            "no me envíen más mensajes", "no me escriban más", "dejen de escribirme", "no molestar",
        ],
        .english: [
            "stop", "stop all", "stopall", "stop promotions", "stop marketing", "stop messages", "stop offers",
            "stop ads", "stop messaging me", "stop texting me", "stop sending messages", "stop sending me messages",
            "please stop", "unsubscribe", "unsubscribe me", "opt out", "optout", "opt me out", "quit", "remove me",
            "remove me from your list", "take me off", "take me off your list", "no more messages",
            "no more promotions", "no more offers", "no more ads", "do not contact me", "don't contact me",
            "do not message me", "don't message me", "leave me alone",
        ],
        .portuguese: [
            "sair", "parar", "pare", "parem", "stop", "chega", "descadastrar", "descadastre", "me descadastre",
            "quero me descadastrar", "cancelar inscrição", "cancelar a inscrição", "cancelar assinatura",
            "desinscrever",
            "sair da lista", "remover da lista", "me tire da lista", "parar promoções", "parar mensagens",
            "interromper promoções", "sem promoções", "não quero mais mensagens", "não quero receber mensagens",
            "não quero mais receber mensagens", "não quero receber promoções", "não quero promoções",
            "não enviar mais", "não me mande mais mensagens", "parem de me mandar mensagens",
        ],
        .french: [
            "stop", "arrêt", "arrêter", "arrêtez", "stopper", "désabonner", "désabonnement", "me désabonner",
            "se désabonner", "je me désabonne", "désabonnez-moi", "désinscription", "désinscrire", "me désinscrire",
            "se désinscrire", "désinscrivez-moi", "stop pub", "stop promos", "stop promotions",
            "arrêter les promotions",
            "plus de messages", "plus de publicité", "plus de pub", "plus de promotions", "plus d'offres",
            "ne plus recevoir", "ne plus recevoir de messages", "je ne veux plus de messages",
            "je ne veux plus recevoir de messages", "ne m'écrivez plus",
        ],
        .simplifiedChinese: [
            "退订", "取消订阅", "我要退订", "停止", "停止发送", "停止推送", "停止推广", "停止接收", "不要再发", "不要再发了",
            "别再发了", "不再接收", "拒收", "退出", "td", "stop",
        ],
        .traditionalChinese: [
            "退訂", "取消訂閱", "解除訂閱", "我要退訂", "停止", "停止發送", "停止傳送", "停止推播", "停止推廣", "停止接收",
            "不要再發", "不要再發了", "不要再傳", "不要再傳了", "別再發了", "別再傳了", "不再接收", "拒收", "退出", "td", "stop",
        ],
    ]

    /// A button of a company's own may bear these for something else.
    private static let ambiguous = [
        "alto", "pare", "paren", "parem", "parar", "basta", "chega", "sair", "quit", "退出", "停止", "arrêt", "arrêter",
        "detener", "td",
    ]

    static let languages = WordTable.languages(byLanguage)
    static let onlyTyped = Set(ambiguous.compactMap(SpokenWord.init))
}

/// The words by which somebody wants marketing after all. They grant nothing by themselves, for no words were shown: they
/// let us ask.
package enum StartWords {
    package static let byLanguage: [ConsentLanguage: [String]] = [
        .spanish: [
            "alta", "darme de alta", "dar de alta", "quiero darme de alta", "suscribirme", "reanudar",
            "quiero recibir promociones", "quiero recibir ofertas",
        ],
        .english: [
            "start", "unstop", "subscribe", "subscribe me", "resubscribe", "opt in", "optin", "resume promotions",
            "send me offers",
        ],
        .portuguese: [
            "voltar a receber", "quero receber promoções", "quero receber ofertas", "inscrever", "me inscrever",
            "reinscrever",
        ],
        .french: [
            "reprendre", "s'abonner", "m'abonner", "je m'abonne", "me réabonner", "réabonner", "m'inscrire",
            "recevoir les offres",
        ],
        .simplifiedChinese: ["订阅", "重新订阅", "恢复订阅", "我要订阅", "恢复接收"],
        .traditionalChinese: ["訂閱", "重新訂閱", "恢復訂閱", "我要訂閱", "恢復接收"],
    ]

    static let languages = WordTable.languages(byLanguage)
}

private enum WordTable {
    /// Which languages say each word, in the order in which we list them.
    static func languages(_ words: [ConsentLanguage: [String]]) -> [SpokenWord: [ConsentLanguage]] {
        var table: [SpokenWord: [ConsentLanguage]] = [:]
        for language in ConsentLanguage.allCases {
            for word in (words[language] ?? []).compactMap(SpokenWord.init) {
                table[word, default: []].append(language)
            }
        }
        return table
    }
}
