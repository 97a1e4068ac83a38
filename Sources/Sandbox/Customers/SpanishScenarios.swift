/// Conversations in Spanish, from Spain and Latin America.
enum SpanishScenarios {
    static let all = Scenario.read(
        """
        # pedido que no llega
        Hola, buenas tardes. Hice un pedido el lunes y todavía no me llega
        El número es A-1042
        >
        ¿Me podrían decir en qué punto va? Lo necesito para el sábado, es un regalo
        >
        @react 🙏

        # producto dañado
        Buenas, acabo de abrir la caja y la lámpara vino rota 😕
        @image Así llegó, está quebrada la base
        >
        Prefiero que me la cambien, no quiero el reembolso
        @location 19.4326,-99.1332 | Casa | Av. Juárez 50, Centro, Ciudad de México
        >
        Gracias, mañana estoy todo el día

        # precio y existencias
        Hola! ¿Tienen la mochila azul de 30 litros?
        ¿Y cuánto sale con envío a Medellín?
        >
        ¿Aceptan transferencia?
        >
        Listo, la quiero. ¿Cómo hago el pedido?

        # cambio de cita
        Hola, tengo cita el jueves a las 10 y no voy a poder ir
        ¿Se puede cambiar para el viernes por la tarde?
        >
        A las 5 me queda perfecto
        >
        @react 👍

        # factura
        Buenos días, necesito la factura de mi última compra con datos fiscales
        @document constancia-fiscal.pdf | Aquí están mis datos
        >
        El correo es compras.rios@correo.example
        >

        # nota de voz
        @voice
        Perdón, iba manejando. En resumen: ¿abren mañana domingo?
        >
        ¿Y hay estacionamiento?
        >

        # devolución
        Hola, quiero devolver unos zapatos, me quedaron chicos
        Los compré hace una semana y no los usé
        @image Están nuevos, con la etiqueta
        >
        Mejor cambio por un número 39 si hay
        >
        Buenísimo, ¿paso por la tienda o los vienen a buscar?

        # pago duplicado
        Buenas noches. Me cobraron dos veces la misma compra
        @image Captura del banco
        >
        Fueron 84,90 € las dos, el día 12
        >
        Vale, ¿cuánto tarda en aparecer el abono?

        # visita técnica
        Hola, la lavadora que instalaron ayer pierde agua
        ¿Pueden mandar a alguien hoy?
        >
        @location -34.6037,-58.3816 | Departamento 4B | Corrientes 1234, Buenos Aires
        Toquen timbre, no anda el portero
        >
        @react 🙏

        # recomendación
        Hola, una amiga me recomendó con ustedes
        @contact Elena Vargas | +34 600 123 987
        Busco un plan para una empresa de 12 personas
        >
        Sí, lo necesitaríamos desde el mes que viene
        >

        # horario de tienda
        ¿A qué hora cierran hoy?
        >
        ¿La tienda de Providencia también?
        >

        # garantía
        Buenas! Compré un teléfono en marzo y ya no carga bien
        Tengo la boleta
        @document boleta-7781.pdf
        >
        No se ha mojado ni se ha caído
        >
        Ok, lo llevo el lunes entonces

        # seguimiento de reserva
        Hola, reservé una mesa para 6 el sábado a nombre de Paula
        Somos 8 al final, ¿hay lugar?
        >
        Sí, adentro está bien
        >
        @sticker

        # alergia
        Una pregunta: ¿la torta de chocolate lleva nueces?
        Es para un cumpleaños y hay un niño alérgico
        >
        Entonces mejor la de vainilla, ¿me la apartan para el domingo a las 12?
        >
        """)
}
