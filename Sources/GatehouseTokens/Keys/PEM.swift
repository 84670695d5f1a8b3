import GatehouseCrypto

/// A public key in PEM, decoded to DER.
struct PEM {
    let der: [UInt8]
    let form: PublicKey.DERForm

    init(_ bytes: [UInt8]) throws(KeySetError) {
        let text = Self.withLineEnds(bytes)
        let content: ArraySlice<UInt8>
        if let block = try PEMBlock(in: text) {
            (content, form) = (block.content, try block.form)
        } else {
            guard !text.contains(UInt8(ascii: "-")) else {
                throw KeySetError(.malformedPEM, "the PEM text has no line that begins a PUBLIC KEY block")
            }
            (content, form) = (text[...], .subjectPublicKeyInfo)
        }
        guard let der = Base64.standard.decode(optionallyPadded: content.filter { !Self.isBlank($0) }) else {
            throw KeySetError(.malformedPEM, "the PEM text is not base64")
        }
        self.der = der
    }

    /// Returns the text without a byte-order mark, and with a line end in place of a written `\n` or `\r`.
    private static func withLineEnds(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "n") || rest.first == UInt8(ascii: "r") {
                rest.removeFirst()
                output.append(lineFeed)
            } else {
                output.append(byte)
            }
        }
        return output
    }

    private static let lineFeed: UInt8 = 0x0A

    /// Returns true if a block ignores the byte, such as white space and quotation marks.
    static func isBlank(_ byte: UInt8) -> Bool { isLineEnd(byte) || isIndent(byte) }

    static func isLineEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == 0x0D }

    /// Returns true if a byte may precede a block's first line.
    static func isIndent(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }
}
