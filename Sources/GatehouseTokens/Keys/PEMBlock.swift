import GatehouseCrypto

/// The text between a BEGIN line and its END line. Text around them is ignored (RFC 7468 section 2).
struct PEMBlock {
    /// The label of the BEGIN line, without its spaces.
    private let label: String
    let content: ArraySlice<UInt8>

    private static let begin = Array("-----BEGIN".utf8)
    private static let end = Array("-----END".utf8)
    private static let dashes = Array("-----".utf8)

    /// Reads the only block of a text; `nil` if no line begins a block.
    init?(in text: [UInt8]) throws(KeySetError) {
        let starts = text.ranges(of: Self.begin).filter { Self.beginsLine(at: $0.lowerBound, in: text) }
        guard let start = starts.first else { return nil }
        guard starts.count == 1 else {
            throw KeySetError(
                .malformedPEM,
                "the PEM text has more than one block, and nothing says which of them is meant; leave one PUBLIC KEY block"
            )
        }
        let unfinished = KeySetError(.malformedPEM, "the PEM text has no END line for its BEGIN line")
        let rest = text[start.upperBound...]
        guard let labelEnd = rest.firstRange(of: Self.dashes),
            let contentEnd = text[labelEnd.upperBound...].firstRange(of: Self.end),
            let end = text[contentEnd.upperBound...].firstRange(of: Self.dashes)
        else { throw unfinished }
        label = Self.label(rest[..<labelEnd.lowerBound])
        content = text[labelEnd.upperBound..<contentEnd.lowerBound]
        guard Self.label(text[contentEnd.upperBound..<end.lowerBound]).hasSameBytes(as: label) else { throw unfinished }
    }

    /// Returns true if only white space and quotation marks precede an index in its line.
    private static func beginsLine(at place: Int, in text: [UInt8]) -> Bool {
        guard let before = text[..<place].last(where: { !PEM.isIndent($0) }) else { return true }
        return PEM.isLineEnd(before)
    }

    private static func label(_ bytes: ArraySlice<UInt8>) -> String {
        let words = bytes.split { PEM.isBlank($0) }
        return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }

    /// The structure of the content.
    ///
    /// - Throws: ``KeySetError`` for a block that is not a public key. The error tells how to make the public key.
    var form: PublicKey.DERForm {
        get throws(KeySetError) {
            if label.hasSameBytes(as: "PUBLIC KEY") { return .subjectPublicKeyInfo }
            if label.hasSameBytes(as: "RSA PUBLIC KEY") { return .rsaPublicKey }
            if label.utf8.reversed().starts(with: "CERTIFICATE".utf8.reversed()) {
                throw KeySetError(
                    .malformedPEM,
                    "the PEM text is a certificate and not a public key; its key is printed by: openssl x509 -pubkey -noout -in FILE"
                )
            }
            if label.utf8.reversed().starts(with: "PRIVATE KEY".utf8.reversed()) {
                throw KeySetError(
                    .malformedPEM,
                    "the PEM text is a private key, which has no place here; its public key is printed by: openssl pkey -pubout -in FILE"
                )
            }
            throw KeySetError(.malformedPEM, "the PEM text is no PUBLIC KEY block but “\(label.printable)”")
        }
    }
}
