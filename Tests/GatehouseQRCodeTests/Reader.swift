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

    static func read(svg: String) throws -> String {
        try inFolder { folder in
            let (drawing, image) = (folder.appending(path: "code.svg"), folder.appending(path: "code.png"))
            try Data(svg.utf8).write(to: drawing)
            _ = try run("rsvg-convert", "--output", image.path, drawing.path)
            return try read(image)
        }
    }

    /// Reads dark modules, eight dots wide and high each.
    static func read(rows: [[Bool]]) throws -> String {
        try inFolder { folder in
            let image = folder.appending(path: "code.pgm")
            var bytes = Array("P5 \((rows.first?.count ?? 0) * 8) \(rows.count * 8) 255\n".utf8)
            for row in rows {
                let line = row.flatMap { [UInt8](repeating: $0 ? 0 : 255, count: 8) }
                for _ in 0..<8 { bytes += line }
            }
            try Data(bytes).write(to: image)
            return try read(image)
        }
    }

    private static func read(_ image: URL) throws -> String {
        let output = try run("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", image.path)
        return output.hasSuffix("\n") ? String(output.dropLast()) : output
    }

    private static func inFolder(_ body: (URL) throws -> String) throws -> String {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        return try body(folder.url)
    }

    private static func run(_ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(arguments[0]): apt-get install zbar-tools librsvg2-bin")
        return String(decoding: data, as: UTF8.self)
    }
}
#endif
