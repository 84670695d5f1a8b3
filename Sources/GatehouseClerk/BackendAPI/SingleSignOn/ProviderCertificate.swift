import GatehouseCrypto

/// The certificate with which a customer's identity provider signs (SAML).
public struct ProviderCertificate: Sendable, Hashable {
    /// The time at which the certificate begins to be valid.
    public let validFrom: Timestamp
    /// The time at which the certificate ceases to be valid.
    public let validUntil: Timestamp
    /// The length of the certificate's key, in bits.
    public let keyBits: Int
    /// The certificate in PEM (RFC 7468), unchanged.
    public let pem: String

    /// Reads a certificate, with or without the BEGIN and END lines of PEM.
    ///
    /// - Throws: ``ClerkError`` with the code `invalidRequest` for a text that is not exactly one certificate.
    public init(pem: String) throws(ClerkError) {
        func invalid(_ message: String) -> ClerkError { ClerkError(.invalidRequest, "the certificate \(message)") }
        let lines = pem.utf8.split { $0 == 0x0A || $0 == 0x0D }.map { String(Substring($0)) }
        let begins = lines.filter { $0.hasPrefix("-----BEGIN ") }
        guard begins.allSatisfy({ $0.hasPrefix("-----BEGIN CERTIFICATE-----") }) else {
            throw invalid("is of another kind; a private key must not be sent to anybody")
        }
        guard begins.count <= 1 else { throw invalid("must be one, and there are \(begins.count)") }
        let text = lines.filter { !$0.hasPrefix("-----") }.joined().utf8.filter { $0 != 0x20 && $0 != 0x09 }
        guard let der = Base64.standard.decode(optionallyPadded: Array(text)), let found = Certificate(der: der),
            let from = Timestamp(seconds: found.validFrom), let until = Timestamp(seconds: found.validUntil)
        else { throw invalid("cannot be read: paste it whole, from BEGIN to END CERTIFICATE") }
        (validFrom, validUntil, keyBits) = (from, until, found.keyBits)
        self.pem = pem
        guard !found.isRSA || found.keyBits >= 2_048 else {
            throw invalid("has an RSA key of \(found.keyBits) bits, and 2048 are the least")
        }
    }

    /// Checks that the certificate is valid at a time.
    ///
    /// - Returns: A sentence if the certificate ends within 30 days; `nil` otherwise.
    /// - Throws: ``ClerkError`` with the code `invalidRequest`.
    public func check(at time: Timestamp) throws(ClerkError) -> String? {
        guard time >= validFrom else {
            throw ClerkError(.invalidRequest, "the certificate is valid only from \(validFrom)")
        }
        guard time < validUntil else { throw ClerkError(.invalidRequest, "the certificate ended at \(validUntil)") }
        return Self.warning(about: validUntil, at: time)
    }

    /// Returns a sentence if a certificate ends within 30 days; `nil` otherwise.
    static func warning(about end: Timestamp, at time: Timestamp) -> String? {
        guard time.advanced(by: .seconds(30 * 86_400)) >= end else { return nil }
        let days = time.duration(to: end).clampedComponents.seconds / 86_400
        return days < 0
            ? "the identity provider's certificate ended at \(end): nobody can sign in by the connection"
            : "the identity provider's certificate ends at \(end), in \(days) days: ask the customer for the next one"
    }
}
