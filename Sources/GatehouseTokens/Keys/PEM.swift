import GatehouseCrypto

/// One public key in PEM, unwrapped to DER.
struct PEM {
    let der: [UInt8]
    let form: PublicKey.DERForm

    init(_ bytes: [UInt8]) throws(KeySetError) {
        var text = Self.withoutWhiteSpace(bytes)
        form = try Self.removeArmour(from: &text)
        guard let der = Base64.standard.decode(optionallyPadded: text) else {
            throw KeySetError(.malformedPEM, "the PEM text is not base64")
        }
        self.der = der
    }

    /// The text without a byte-order mark, white space, quotation marks, and `\n` or `\r` written out.
    private static func withoutWhiteSpace(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        while let byte = rest.popFirst() {
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "\""), UInt8(ascii: "'"):
                continue
            case UInt8(ascii: "\\") where rest.first == UInt8(ascii: "n") || rest.first == UInt8(ascii: "r"):
                rest.removeFirst()
            default:
                output.append(byte)
            }
        }
        return output
    }

    /// Takes off both armour lines, which have lost their spaces, or neither.
    private static func removeArmour(from text: inout [UInt8]) throws(KeySetError) -> PublicKey.DERForm {
        let labels: [(String, PublicKey.DERForm)] = [
            ("PUBLICKEY", .subjectPublicKeyInfo), ("RSAPUBLICKEY", .rsaPublicKey),
        ]
        for (label, form) in labels {
            let begin = Array("-----BEGIN\(label)-----".utf8)
            let end = Array("-----END\(label)-----".utf8)
            guard text.starts(with: begin) else { continue }
            guard text.count >= begin.count + end.count, text.suffix(end.count).elementsEqual(end) else {
                throw KeySetError(.malformedPEM, "the PEM text does not end with its END line")
            }
            text = Array(text.dropFirst(begin.count).dropLast(end.count))
            return form
        }
        guard !text.contains(UInt8(ascii: "-")) else {
            throw KeySetError(.malformedPEM, "the PEM text is not one PUBLIC KEY block")
        }
        return .subjectPublicKeyInfo
    }
}
