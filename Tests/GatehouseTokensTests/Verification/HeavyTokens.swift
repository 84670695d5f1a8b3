import GatehouseBase
import GatehouseTesting
import GatehouseTokens

/// Good tokens of one length, each a different one, that are as heavy to keep as their length lets: full of small values.
struct HeavyTokens {
    let pair: KeyPair
    let byteCount: Int
    /// The header and most of the payload, written once.
    private let start: String
    private let issuedAt: Timestamp

    /// - Parameters:
    ///   - byteCount: How long each is, or up to 8 bytes less.
    ///   - element: What they are full of.
    init(byteCount: Int, of element: String, signedBy pair: KeyPair, at time: Timestamp) {
        self.pair = pair
        self.byteCount = byteCount
        issuedAt = time
        let header = Base64URL.encode(TokenMinter(keyPair: pair).header.utf8)
        // A signature of Ed25519 takes 86 characters, and four characters carry three bytes.
        let room = (byteCount - header.utf8.count - 2 - 86) / 4 * 3
        var payload = #"{"iat":\#(time.seconds),"exp":\#(time.seconds + 60),"x":[0"#
        while payload.utf8.count + element.utf8.count + 1 + 32 <= room { payload += "," + element }
        payload += String(repeating: " ", count: room - 32 - payload.utf8.count)
        payload += String(repeating: " ", count: (3 - payload.utf8.count % 3) % 3)
        start = header + "." + Base64URL.encode(Array(payload.utf8))
    }

    /// The token of this number, below ten thousand.
    func token(_ number: Int) throws -> String {
        let end = #"],"sub":"u\#(number + 10_000)"}"#
        let signed = start + Base64URL.encode(Array(end.utf8))
        return signed + "." + Base64URL.encode(try pair.signature(of: Array(signed.utf8)))
    }
}
