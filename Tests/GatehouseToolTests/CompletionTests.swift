#if Server
import Foundation
import TestSupport
import Testing

@Suite("Shells complete the tool's commands, options and files")
struct CompletionTests {
    @Test("there is a script for each shell, which names the commands", arguments: ["bash", "zsh", "fish"])
    func scripts(shell: String) throws {
        let result = try Tool.run("--generate-completion-script", shell)
        #expect(result.status == 0 && result.errors.isEmpty)
        for word in ["gatehouse", "token", "policy", "matrix", "who-can", "webhooks"] {
            #expect(result.output.contains(word), "\(word)")
        }
        #expect(try Tool.run("--generate-completion-script", "cmd").status == 2)
    }

    @Test(
        "bash completes commands, options, their values and files",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash"), "there is no /bin/bash"),
        arguments: [
            ("policy m", ["matrix"]), ("policy matrix --f", ["--format"]), ("policy matrix --format m", ["markdown"]),
            ("policy matrix pol", ["policy.yaml"]), ("policy check --policy pol", ["policy.yaml"]),
            ("token verify --type s", ["session"]), ("token verify --pem pol", ["policy.yaml"]),
        ]
    )
    func bash(line: String, expected: [String]) throws {
        let folder = try TemporaryFolder()
        try folder.write("gatehouse: 1\n", to: "policy.yaml")
        let script = try folder.write(Tool.run("--generate-completion-script", "bash").output, to: "completion.bash")
        let words = ["gatehouse"] + line.split(separator: " ").map(String.init)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.currentDirectoryURL = folder.url
        process.environment = [
            "PATH": "\(Tool.executable.deletingLastPathComponent().path):/usr/bin:/bin"
        ]
        let text = words.joined(separator: " ")
        process.arguments = [
            "-c",
            """
            source "$0"
            COMP_WORDS=(\(text)); COMP_CWORD=\(words.count - 1); COMP_LINE='\(text)'; COMP_POINT=${#COMP_LINE}
            _gatehouse gatehouse "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null
            printf '%s\\n' "${COMPREPLY[@]}"
            """,
            script,
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let found = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(found.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) } == expected)
    }
}
#endif
