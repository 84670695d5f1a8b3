import Foundation
import FuzzProperties
import Testing

@Suite("Every seed of the fuzz targets meets its property")
struct FuzzSeedTests {
    /// A seed of a target's corpus.
    struct Seed: Sendable, CustomTestStringConvertible {
        let property: FuzzProperty
        let file: URL

        var testDescription: String { "\(property.target)/\(file.lastPathComponent)" }
    }

    static let seeds = FuzzProperty.all.flatMap { property in
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Fuzz/\(property.target)/Corpus").standardized
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.map { Seed(property: property, file: $0) }
    }

    @Test("a seed meets the property of its target", arguments: seeds)
    func seed(_ seed: Seed) throws {
        try seed.property.check([UInt8](Data(contentsOf: seed.file)))
    }

    /// Cutting a seed anywhere, or another byte in its place, must not break a property either.
    @Test("every shorter and every changed seed meets the property too", arguments: seeds)
    func changed(_ seed: Seed) throws {
        let bytes = try [UInt8](Data(contentsOf: seed.file))
        let step = max(1, bytes.count / 64)
        for place in stride(from: 0, to: bytes.count, by: step) {
            try seed.property.check(Array(bytes[..<place]))
            var other = bytes
            other[place] ^= 0x20
            try seed.property.check(other)
        }
    }

    @Test("every target has seeds", arguments: FuzzProperty.all.map(\.target))
    func present(target: String) {
        #expect(Self.seeds.contains { $0.property.target == target })
    }
}
