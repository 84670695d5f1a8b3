import GatehouseCrypto

extension KeySet {
    /// Reads one public key in PEM (RFC 7468), in the forms that people paste: with or without BEGIN and END lines, with or without line
    /// breaks, with a written `\n`, and with quotation marks or white space around the text. Text before and after the block is ignored,
    /// such as bag attributes (RFC 7468 section 2).
    ///
    /// A token's `kid` is not compared with such a key. A key that is too weak or of an unknown kind gives a set without usable keys, and a
    /// reason in ``refused``.
    ///
    /// - Throws: ``KeySetError`` for a text without such a block, with another block such as a certificate, or with more than one block,
    ///   since it is unclear which block is meant.
    public init(pem text: String) throws(KeySetError) {
        try self.init(pem: Array(text.utf8))
    }

    /// Reads one public key in PEM (RFC 7468) from the bytes of a text.
    public init(pem bytes: [UInt8]) throws(KeySetError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw KeySetError(.tooLarge, "the PEM text is longer than \(Self.maximumByteCount) bytes")
        }
        let pem = try PEM(bytes)
        guard let encoded = PublicKey.Encoded(der: pem.der, form: pem.form) else {
            throw KeySetError(.malformedPEM, "the PEM text holds no public key")
        }
        do throws(KeyRefusal) {
            let key = Key(id: nil, algorithm: nil, publicKey: try encoded.makeKey())
            self.init(keys: [key], refused: [], comparesIDs: false)
        } catch {
            self.init(keys: [], refused: [Refusal(index: 0, id: nil, error)], comparesIDs: false)
        }
    }
}
