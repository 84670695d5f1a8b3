import Foundation
import GatehouseCrypto
import GatehouseTesting
import Testing

@testable import GatehouseBase
@testable import GatehouseTokens

@Suite("Remembered tokens take a bounded amount of memory")
struct RememberedTokenMemoryTests {
    static let pair = Result { try KeyPair(id: "key-01", algorithm: .edDSA) }
    static let time = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)

    let clock = ManualClock(Self.time)
    let pair: KeyPair

    init() throws {
        pair = try Self.pair.get()
    }

    private func verifier(
        _ keys: (any KeySource)? = nil,
        tokens: Int = 4_096,
        bytes: Int = 16_777_216
    ) throws -> TokenVerifier {
        try TokenVerifier(
            keys: try keys ?? pair.keySet,
            configuration: .init(algorithms: [.edDSA], rememberedTokens: tokens, rememberedTokenBytes: bytes),
            clock: clock.wall
        )
    }

    private func token(_ subject: String, _ others: JSONValue = [:], by pair: KeyPair? = nil) throws -> String {
        let claims = TokenMinter.claims(subject: subject, at: clock.now, adding: others)
        return try TokenMinter(keyPair: pair ?? self.pair).token(claims: claims)
    }

    #if canImport(Glibc)
    @Test(
        "the bytes that a token is said to take are those of the allocator",
        arguments: ["0", "[]", "{}", #""""#, #""\n\u0041""#, #"{"a":"bcdefghijklmnopqrstuvwxyz"}"#, ""]
    )
    func accounts(element: String) async throws {
        let text = element.isEmpty ? try token("u1") : try tokens(of: element).token(1)
        let keys = try pair.keySet
        let verified = try verifier(tokens: 0).verify(text, with: keys, at: Self.time)
        let cache = try #require(VerifiedTokenCache(capacity: 1, byteBudget: 1 << 20, clockSkew: .zero))
        let bytes = Array(text.utf8)
        let kept = try #require(
            bytes.withUnsafeBufferPointer { bytes in
                let key = cache.key(of: bytes)
                cache.remember(verified, bytes, key: key, verifiedWith: keys, at: Self.time)
                return cache.token(bytes, key: key, verifiedWith: keys)
            }
        )
        let documents = [kept.header.document, kept.payload.document]
        var allocated = try documents.reduce(0) { sum, document in
            try sum + Self.block(of: document) + Self.block(ofStorage: document.bytes)
                + Self.block(ofStorage: document.unescaped) + Self.block(ofStorage: document.entries)
        }
        allocated += try Self.block(of: #require(kept.findings))
        let digest = try #require(bytes.withUnsafeBufferPointer { SHA256Digest(of: $0) })
        let instance = RememberedToken(kept, key: 1, digest: digest, end: 0)
        allocated += try Self.block(of: instance)
        // The allocator gives a block 16 bytes more where what is left of a larger one would be too small to be of use.
        let blocks = 2 + documents.count * 4
        #expect((allocated - 16 * blocks...allocated).contains(instance.byteCount))
        #expect(cache.size == (1, instance.byteCount + RememberedTokens.tableByteCount))
    }

    private func tokens(of element: String) -> HeavyTokens {
        HeavyTokens(byteCount: 4_096, of: element, signedBy: pair, at: Self.time)
    }

    /// The memory that the allocator takes for an instance.
    private static func block(of object: AnyObject) throws -> Int {
        try block(at: UnsafeRawPointer(Unmanaged.passUnretained(object).toOpaque()))
    }

    /// The memory for an array, whose elements begin 32 bytes behind its header.
    private static func block<Element>(ofStorage elements: [Element]) throws -> Int {
        guard !elements.isEmpty else { return 0 }
        return try elements.withUnsafeBytes { try block(at: #require($0.baseAddress) - 32) }
    }

    /// The usable part of a block (malloc_usable_size(3), which no module of Swift's has), and 8 bytes more.
    private static func block(at address: UnsafeRawPointer) throws -> Int {
        typealias UsableSize = @convention(c) (UnsafeRawPointer) -> Int
        let symbol = try #require(dlsym(nil, "malloc_usable_size"))
        return unsafeBitCast(symbol, to: UsableSize.self)(address) + 8
    }
    #endif

    @Test("remembered tokens stay within their budget and their number", arguments: [1 << 20, 100_000, 30_000, 1, 0])
    func budget(bytes: Int) async throws {
        let heavy = HeavyTokens(byteCount: 4_096, of: "0", signedBy: pair, at: Self.time)
        let verifier = try verifier(tokens: 20, bytes: bytes)
        for number in 0..<60 {
            let text = number % 3 == 0 ? try token("u\(number)") : try heavy.token(number)
            _ = try await verifier.verify(text)
            let size = verifier.remembered?.size ?? (count: 0, byteCount: 0)
            #expect(size.byteCount <= max(0, bytes) && size.count <= 20)
            #expect((size.byteCount == 0) == (size.count == 0))
        }
        let count = verifier.remembered?.size.count ?? 0
        #expect(bytes < 1 << 20 || count == 20)
        #expect(bytes < 30_000 || count > 0)
    }

    @Test("a token of 4,096 bytes is remembered, and a longer token is verified anew")
    func longTokens() async throws {
        let all = try (2_700..<2_900).map { try token("u", ["x": .string(String(repeating: "x", count: $0))]) }
        let longest = try #require(all.first { $0.utf8.count == 4_096 })
        let tooLong = try #require(all.first { $0.utf8.count > 4_096 })
        let verifier = try verifier()
        for _ in 0..<2 { #expect(try await verifier.verify(tooLong).subject == "u") }
        #expect(verifier.remembered?.size.count == 0)
        for _ in 0..<2 { #expect(try await verifier.verify(longest).subject == "u") }
        #expect(verifier.remembered?.size.count == 1)
    }

    @Test("an expired token goes at once when it is asked for, and otherwise while new tokens come")
    func expired() async throws {
        let verifier = try verifier()
        let old = try (0..<40).map { try token("old\($0)") }
        for token in old { _ = try await verifier.verify(token) }
        clock.advance(by: .seconds(64))
        _ = try await verifier.verify(old[0])
        #expect(verifier.remembered?.size.count == 40)
        clock.advance(by: .seconds(1))
        await #expect(throws: TokenError.self) { try await verifier.verify(old[0]) }
        #expect(verifier.remembered?.size.count == 39)
        for number in 0..<40 { _ = try await verifier.verify(try token("new\(number)")) }
        #expect(verifier.remembered?.size.count == 40)
    }

    @Test("a token that another key set verified goes at once when it is asked for, and otherwise as new ones come")
    func replaced() async throws {
        let source = ReplaceableKeySet(try pair.keySet)
        let verifier = try verifier(source)
        let old = try (0..<40).map { try token("old\($0)") }
        for token in old { _ = try await verifier.verify(token) }
        let other = try KeyPair(id: "key-02", algorithm: .edDSA)
        try source.replace(with: try other.keySet)
        await #expect(throws: TokenError.self) { try await verifier.verify(old[0]) }
        #expect(verifier.remembered?.size.count == 39)
        for number in 0..<40 { _ = try await verifier.verify(try token("new\(number)", by: other)) }
        #expect(verifier.remembered?.size.count == 40)
    }

    @Test("a token that is used stays, however many others come only once")
    func secondChance() async throws {
        let verifier = try verifier(tokens: 8)
        let keys = try pair.keySet
        let used = try token("used")
        let cache = try #require(verifier.remembered)
        _ = try verifier.verify(used, with: keys, at: clock.now)
        for number in 0..<100 {
            _ = try verifier.verify(try token("other\(number)"), with: keys, at: clock.now)
            let isKnown = used.withUTF8Bytes { cache.token($0, key: cache.key(of: $0), verifiedWith: keys) != nil }
            #expect(isKnown)
            #expect(cache.size.count <= 8)
        }
    }

    #if os(Linux)
    @Test("tokens that are made to be heavy cannot fill the machine's memory")
    func attack() async {
        await #expect(processExitsWith: .success) {
            // When every token was remembered whole, these took 75 and 49 MB.
            for (byteCount, element, count) in [(4_096, "0", 2_048), (16_384, "[]", 512)] {
                let growth = try await RememberedTokenMemoryTests.growth(byVerifying: count, of: byteCount, element)
                #expect(growth < 32 << 20, "\(count) tokens of \(byteCount) bytes: \(growth)")
            }
        }
    }

    /// By how many bytes the process has grown once so many tokens were verified.
    private static func growth(byVerifying count: Int, of byteCount: Int, _ element: String) async throws -> Int {
        let pair = try pair.get()
        let heavy = HeavyTokens(byteCount: byteCount, of: element, signedBy: pair, at: time)
        let clock = ManualClock(time)
        let configuration = TokenVerifier.Configuration(algorithms: [.edDSA])
        let verifier = try TokenVerifier(keys: try pair.keySet, configuration: configuration, clock: clock.wall)
        _ = try await verifier.verify(heavy.token(0))
        let before = try residentBytes()
        for number in 1...count { _ = try await verifier.verify(heavy.token(number)) }
        return try residentBytes() - before
    }

    /// The process's resident memory: the second number of proc(5)'s statm, in pages.
    private static func residentBytes() throws -> Int {
        let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return try #require(Int(fields[1])) * sysconf(Int32(_SC_PAGESIZE))
    }
    #endif
}
