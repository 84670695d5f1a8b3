import GatehouseTokens
import Testing

@Suite("Base64url has one spelling for each sequence of bytes")
struct Base64URLTests {
    @Test(
        "the examples of RFC 4648 section 10 are encoded and decoded without padding",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ]
    )
    func examples(text: String, encoded: String) {
        #expect(Base64URL.encode(Array(text.utf8)) == encoded)
        #expect(Base64URL.decode(encoded) == Array(text.utf8))
    }

    @Test(
        "another spelling is refused",
        arguments: [
            "Zg==", "Zg=", "Zm8=", "Z", "Zm9vY", "Zh", "Zm9", "Zm9vYh", "Zm 9v", " Zm9v", "Zm9v\n", "Zm+v", "Zm/v",
            "Zm.v",
            "Zm9v\0", "\u{FF3A}m9v", "Zm9vé",
        ]
    )
    func refuses(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test("every accepted pair of last characters is one that encoding gives")
    func canonical() {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var accepted = 0
        for first in alphabet {
            for second in alphabet {
                for text in ["\(first)\(second)", "A\(first)\(second)"] {
                    guard let bytes = Base64URL.decode(text) else { continue }
                    accepted += 1
                    #expect(Base64URL.encode(bytes) == text)
                }
            }
        }
        #expect(accepted == 256 + 1_024)
    }

    @Test("a text is canonical where it can be decoded, and nowhere else", arguments: 0...70)
    func agreement(length: Int) {
        func agree(_ text: [UInt8]) {
            text.withUnsafeBufferPointer { text in
                #expect(Base64URL.isCanonical(text) == (Base64URL.decode(text) != nil), "\(Array(text))")
            }
        }
        var text = [UInt8](repeating: UInt8(ascii: "A"), count: length)
        agree(text)
        for index in text.indices {
            for byte in UInt8.min...UInt8.max {
                text[index] = byte
                agree(text)
            }
            text[index] = UInt8(ascii: "A")
        }
    }

    @Test("every byte survives", arguments: [1, 2, 3, 4, 5])
    func roundTrip(length: Int) {
        for byte in UInt8.min...UInt8.max {
            let bytes = [UInt8](repeating: byte, count: length)
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
    }
}
