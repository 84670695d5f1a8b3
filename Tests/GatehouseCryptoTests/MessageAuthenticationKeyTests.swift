import GatehouseCrypto
import Testing

@Suite
struct MessageAuthenticationKeyTests {
    /// A case of RFC 4231 section 4.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let key: [UInt8]
        let message: [UInt8]
        let code: String
    }

    static let cases = [
        Case(
            testDescription: "a key of 20 bytes",
            key: Array(repeating: 0x0B, count: 20),
            message: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        Case(
            testDescription: "a key shorter than the code",
            key: Array("Jefe".utf8),
            message: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        Case(
            testDescription: "a message of 50 bytes",
            key: Array(repeating: 0xAA, count: 20),
            message: Array(repeating: 0xDD, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        Case(
            testDescription: "a key longer than a block",
            key: Array(repeating: 0xAA, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ]

    @Test("The code of a message is that of RFC 4231, wherever the message is cut", arguments: cases)
    func cut(_ example: Case) throws {
        let key = try #require(MessageAuthenticationKey(example.key))
        for place in 0...example.message.count {
            let parts = [Array(example.message[..<place]), Array(example.message[place...])]
            #expect(Self.text(key.code(of: parts)) == example.code)
        }
        #expect(Self.text(key.code(of: [example.message + [0]])) != example.code)
    }

    @Test("A key that many use at once gives each the code of its own message", arguments: cases)
    func together(_ example: Case) async throws {
        let key = try #require(MessageAuthenticationKey(example.key))
        let others = (0..<8).map { number in example.message + [UInt8(number)] }
        let expected = others.map { MessageAuthenticationKey(example.key)?.code(of: [$0])?.bytes }
        await withTaskGroup { group in
            for (message, code) in zip(others, expected) {
                group.addTask {
                    for _ in 0..<500 {
                        #expect(key.code(of: [message])?.bytes == code)
                        #expect(Self.text(key.code(of: [example.message])) == example.code)
                    }
                }
            }
        }
    }

    private static func text(_ code: MessageAuthenticationCode?) -> String? {
        code?.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
