import Domain
import OutboundHTTP
import PhoneNumbers

extension ConfigurationReader {
    /// An `http` or `https` address, without a slash at its end. Plain http only where it cannot leave the company's
    /// own network (R3).
    mutating func webAddress(_ key: ConfigurationKey, _ name: String? = nil) -> String? {
        guard let written = written(key, name) else { return nil }
        guard let address = WebAddress(written.text), !address.rest.contains("?") else {
            complain(
                written, en: "must be a web address such as https://puente.example.com",
                es: "debe ser una dirección web como https://puente.example.com")
            return nil
        }
        guard address.isSecure || PlainHTTP.isPrivate(host: address.host) else {
            complain(
                written, en: "must begin with https: plain http is refused for a public address",
                es: "debe empezar por https: http sin cifrar no se admite para una dirección pública")
            return nil
        }
        var url = address.url
        while url.last == "/" { url.removeLast() }
        return url
    }

    /// A web address that has no path: what comes behind it is Puente's.
    mutating func origin(_ key: ConfigurationKey) -> String? {
        guard let url = webAddress(key) else { return nil }
        guard let address = WebAddress(url), address.rest.isEmpty else {
            complain(
                key, en: "must have no path: give Puente a host name of its own",
                es: "no debe tener ruta: dé a Puente un nombre de host propio")
            return nil
        }
        return url
    }

    mutating func databaseAddress() -> DatabaseAddress {
        let password = optionalText(.databasePassword).map { Secret($0) }
        let none = DatabaseAddress.sqlite(path: "")
        guard let written = written(.databaseURL, nil) else { return none }
        guard let address = DatabaseAddress(written.text, password: password, folder: source.folder) else {
            complain(
                written, en: "must be sqlite:PATH or postgresql://USER@HOST/NAME",
                es: "debe ser sqlite:RUTA o postgresql://USUARIO@HOST/NOMBRE")
            return none
        }
        return address
    }

    /// The number as it was written, once it is known that it can be one.
    mutating func phoneNumber(_ key: ConfigurationKey, _ name: String, region: String) -> String {
        guard let written = written(key, name) else { return "" }
        do {
            _ = try PhoneNumber(written.text, region: region)
        } catch {
            let why = error.reason
            complain(
                written, en: "must be a phone number (\(why.en.withoutPoint))",
                es: "debe ser un número de teléfono (\(why.es.withoutPoint))")
        }
        return written.text
    }

    /// Two capitals that libphonenumber knows a country by.
    mutating func region() -> String {
        guard let written = written(.region, nil) else { return "" }
        let region = written.text.uppercased()
        guard region.utf8.count == 2, PhoneNumber.isRegion(region) else {
            complain(
                written, en: "must be a country's code of two letters, such as ES, MX or TW",
                es: "debe ser el código de país de dos letras, como ES, MX o TW")
            return ""
        }
        return region
    }
}

extension PhoneNumber {
    /// Whether numbers without a country code can be read in this region: in one that is not known they never can.
    fileprivate static func isRegion(_ region: String) -> Bool {
        do {
            _ = try PhoneNumber("12345678", region: region)
            return true
        } catch {
            return error != .unknownCountry
        }
    }
}

extension String {
    fileprivate var withoutPoint: String {
        hasSuffix(".") ? String(dropLast()) : self
    }
}
