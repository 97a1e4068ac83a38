/// Conversations in Portuguese, from Brazil and Portugal.
enum PortugueseScenarios {
    static let all = Scenario.read(
        """
        # pedido atrasado
        Oi, boa tarde! Meu pedido era pra ter chegado ontem
        O número é C-3310
        >
        Consegue ver com a transportadora?
        >
        @react 🙏

        # produto com defeito
        Oi, o liquidificador que comprei veio com a tampa quebrada
        @image Olha como chegou
        >
        Prefiro a troca, por favor
        @location -23.5614,-46.6559 | Casa | Av. Paulista 1000, São Paulo
        >

        # preço e entrega
        Bom dia! Quanto custa o tênis branco e qual o prazo pra Curitiba?
        >
        Aceita Pix?
        >
        Fechado, pode separar o 38

        # remarcar
        Olá, preciso remarcar a consulta de quinta
        >
        Sexta de manhã seria ótimo
        >
        Às 9h está perfeito, obrigada

        # áudio
        @voice
        Desculpa o áudio, estava na rua. Vocês abrem no feriado?
        >
        E tem estacionamento?
        >

        # nota fiscal
        Boa tarde, podem enviar a nota fiscal da última compra?
        @document cnpj.pdf | Segue o cartão do CNPJ
        >
        Pode mandar para financeiro@padaria.example
        >

        # cobrança duplicada
        Fui cobrado duas vezes no cartão 😕
        @image Print da fatura
        >
        Foram duas de R$ 159,90 no dia 8
        >
        Certo, vou aguardar o estorno

        # visita técnica
        A internet caiu de novo aqui em casa
        Já reiniciei o aparelho duas vezes
        >
        @location -22.9519,-43.2105 | Apto 302 | Rua Voluntários da Pátria 200, Rio de Janeiro
        >
        Pode ser à tarde, estarei em casa

        # indicação
        Oi! A Fernanda me indicou vocês
        @contact Fernanda Lima | +55 11 98888-7777
        >
        É para uma festa de 40 pessoas, dia 20
        >

        # reserva
        Boa noite, queria reservar uma mesa para sábado às 20h, 4 pessoas
        >
        Na varanda, se tiver
        >
        @react 👍

        # devolução
        Quero devolver um vestido, ficou grande
        @image Está com a etiqueta
        >
        Pode ser vale-troca mesmo
        >

        # dúvida de tamanho
        A camiseta M serve pra quem usa 40?
        >
        Então vou levar duas, uma preta e uma azul
        >
        @sticker
        """)
}
