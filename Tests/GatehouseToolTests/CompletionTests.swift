#if Server
import Foundation
import TestSupport
import Testing

@Suite("Shells complete the tool's commands, options and files")
struct CompletionTests {
    @Test("each shell has a script that names the commands", arguments: ["bash", "zsh", "fish"])
    func scripts(shell: String) async throws {
        let result = try await Tool.run("--generate-completion-script", shell)
        #expect(result.status == 0 && result.errors.isEmpty)
        for word in ["gatehouse", "token", "policy", "matrix", "who-can", "webhooks"] {
            #expect(result.output.contains(word), "\(word)")
        }
        #expect(try await Tool.run("--generate-completion-script", "cmd").status == 2)
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
    func bash(line: String, expected: [String]) async throws {
        let folder = try TemporaryFolder()
        try folder.write("gatehouse: 1\n", to: "policy.yaml")
        let completions = try await Tool.run("--generate-completion-script", "bash")
        let script = try folder.write(completions.output, to: "completion.bash")
        let words = ["gatehouse"] + line.split(separator: " ").map(String.init)
        let text = words.joined(separator: " ")
        let commands = """
            source "$0"
            COMP_WORDS=(\(text)); COMP_CWORD=\(words.count - 1); COMP_LINE='\(text)'; COMP_POINT=${#COMP_LINE}
            _gatehouse gatehouse "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let path = "\(Tool.executable.deletingLastPathComponent().path):/usr/bin:/bin"
        let found = try await Program.run(
            ["/bin/bash", "-c", commands, script],
            environment: ["PATH": path],
            in: folder.path
        )
        #expect(found.lines.map { $0.trimmingCharacters(in: .whitespaces) } == expected)
    }
}
#endif
