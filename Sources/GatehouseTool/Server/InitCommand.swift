#if Server
import ArgumentParser
import Foundation
import GatehouseServer

/// The command `gatehouse init`.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes a commented configuration, a policy, entities and an nginx snippet to begin with.",
        discussion:
            "`gatehouse serve` runs on what it writes. A file that is there already is left alone, and is an error."
    )

    @Argument(help: ArgumentHelp("The folder; it is made where there is none.", valueName: "folder"))
    var folder = "."

    func run() throws {
        let files = StarterFiles.all
        let paths = files.map { folder == "." ? $0.name : "\(folder)/\($0.name)" }
        let existing = paths.filter { FileManager.default.fileExists(atPath: $0) }
        guard existing.isEmpty else {
            throw CommandFailure(existing.map { "\($0): there is such a file already" }.joined(separator: "\n"))
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for (file, path) in zip(files, paths) {
                try Data(file.text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
            }
        } catch {
            throw CommandFailure("\(folder): \(error.localizedDescription)")
        }
        for path in paths { try standardOutput(path) }
    }
}
#endif
