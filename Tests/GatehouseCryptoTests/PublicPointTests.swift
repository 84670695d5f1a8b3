import GatehouseBase
import Testing

@testable import GatehouseCrypto

@Suite("A point makes a key only where it is on its curve, in the one way to write it")
struct PublicPointTests {
    @Test("a NIST point must be on its curve, at full length", arguments: Curve.allCases)
    func offTheCurve(curve: Curve) {
        let ones = [UInt8](repeating: 1, count: curve.coordinateByteCount)
        for (x, y) in [(ones, ones), (ones, ones.dropLast()), ([0] + ones, ones), (ones.map { _ in 0 }, ones)] {
            let refusal = #expect(throws: KeyRefusal.self) { try PublicKey.ec(curve: curve, x: x, y: Array(y)) }
            #expect(refusal?.code == .point)
        }
    }

    /// P-256 has a point whose `x` is 0. Its `x` may not be written as the field's prime, which is 0 too.
    @Test("a coordinate is below the field's prime")
    func canonicalCoordinates() throws {
        let y = try #require("66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4".hexBytes)
        let prime = try #require("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff".hexBytes)
        let zero = [UInt8](repeating: 0, count: 32)
        #expect(try PublicKey.ec(curve: .p256, x: zero, y: y).kind == .ec(.p256))
        let refusal = #expect(throws: KeyRefusal.self) { try PublicKey.ec(curve: .p256, x: prime, y: y) }
        #expect(refusal?.code == .point)
    }

    @Test("an Ed25519 key has 32 bytes", arguments: [0, 31, 33])
    func ed25519Length(count: Int) throws {
        let refusal = #expect(throws: KeyRefusal.self) { try PublicKey.ed25519([UInt8](repeating: 2, count: count)) }
        #expect(refusal?.code == .malformed)
    }

    struct Ed25519Case: Sendable, CustomTestStringConvertible {
        let hex: String
        let reason: String?
        var testDescription: String { "\(hex.prefix(8)) \(reason ?? "good")" }

        init(_ hex: String, _ reason: String?) { (self.hex, self.reason) = (hex, reason) }

        private static let zeros = String(repeating: "0", count: 60)
        private static let ones = String(repeating: "f", count: 60)

        static let all = [
            // RFC 8032 section 7.1, and the base point.
            Ed25519Case("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", nil),
            Ed25519Case("5866666666666666666666666666666666666666666666666666666666666666", nil),
            Ed25519Case("01" + zeros + "00", "small order"),
            Ed25519Case("01" + zeros + "80", "small order"),
            Ed25519Case("ec" + ones + "7f", "small order"),
            Ed25519Case("ec" + ones + "ff", "small order"),
            Ed25519Case("00" + zeros + "00", "small order"),
            Ed25519Case("00" + zeros + "80", "small order"),
            Ed25519Case("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "small order"),
            Ed25519Case("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85", "small order"),
            Ed25519Case("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", "small order"),
            Ed25519Case("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", "small order"),
            Ed25519Case("ed" + ones + "7f", "canonically"),
            Ed25519Case("ee" + ones + "7f", "canonically"),
            Ed25519Case("ff" + ones + "ff", "canonically"),
            Ed25519Case("02" + zeros + "00", "no point"),
            Ed25519Case("02" + zeros + "80", "no point"),
        ]
    }

    @Test("an Ed25519 key is a point of the curve, canonical and of large order", arguments: Ed25519Case.all)
    func ed25519(row: Ed25519Case) throws {
        let bytes = try #require(row.hex.hexBytes)
        guard let reason = row.reason else {
            #expect(try PublicKey.ed25519(bytes).kind == .ed25519)
            return
        }
        let refusal = #expect(throws: KeyRefusal.self) { try PublicKey.ed25519(bytes) }
        #expect(refusal?.code == .point)
        #expect(refusal?.description.contains(reason) == true)
    }

    @Test("every key that libcrypto makes is accepted")
    func generated() throws {
        for kind in [.ed25519, .ec(.p256), .ec(.p384), .ec(.p521)] as [PublicKey.Kind] {
            for _ in 0..<32 { #expect(try PrivateKey(kind).publicKey.kind == kind) }
        }
    }
}
