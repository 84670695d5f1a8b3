#if QRCode
import Foundation
import TestSupport
import Testing

/// `zbarimg`, an independent reader of QR codes (Debian: zbar-tools), and `rsvg-convert`, which draws SVG (librsvg2-bin).
enum Reader {
    static let missing: Comment = "skipped: apt-get install zbar-tools librsvg2-bin"

    /// True if both programs are there, and in CI, where their absence is a failure.
    static let isThere: Bool = {
        if ProcessInfo.processInfo.environment["CI"] != nil { return true }
        let isThere = ["zbarimg", "rsvg-convert"].allSatisfy { name in
            (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
                FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
            }
        }
        if !isThere { print(missing) }
        return isThere
    }()

    static func read(svg: String) async throws -> String {
        try await inFolder { folder in
            let (drawing, image) = (folder.appending(path: "code.svg"), folder.appending(path: "code.png"))
            try Data(svg.utf8).write(to: drawing)
            _ = try await run("rsvg-convert", "--output", image.path, drawing.path)
            return try await read(image)
        }
    }

    /// Reads dark modules, eight dots wide and high each.
    static func read(rows: [[Bool]]) async throws -> String {
        try await inFolder { folder in
            let image = folder.appending(path: "code.pgm")
            var bytes = Array("P5 \((rows.first?.count ?? 0) * 8) \(rows.count * 8) 255\n".utf8)
            for row in rows {
                let line = row.flatMap { [UInt8](repeating: $0 ? 0 : 255, count: 8) }
                for _ in 0..<8 { bytes += line }
            }
            try Data(bytes).write(to: image)
            return try await read(image)
        }
    }

    private static func read(_ image: URL) async throws -> String {
        let output = try await run("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", image.path)
        return output.hasSuffix("\n") ? String(output.dropLast()) : output
    }

    private static func inFolder(_ body: (URL) async throws -> String) async throws -> String {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        return try await body(folder.url)
    }

    private static func run(_ arguments: String...) async throws -> String {
        let program = try await Program.run(arguments)
        try #require(program.status == 0, "apt-get install zbar-tools librsvg2-bin: \(program.errors)")
        return program.output
    }
}
#endif
