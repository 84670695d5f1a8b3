import GatehouseBase
import GatehouseTokens

/// A text that decodes is exactly the encoding of its bytes, and every sequence of bytes survives both.
@Sendable func checkBase64URL(_ input: [UInt8]) throws(FuzzFinding) {
    let text = String(decoding: input, as: UTF8.self)
    if let bytes = Base64URL.decode(text) {
        try expect(Base64URL.encode(bytes).utf8.elementsEqual(text.utf8), "a second spelling was accepted")
    }
    try expect(Base64URL.decode(Base64URL.encode(input)) == input, "bytes were lost")
}
