# The floors of one module: see `.ci/floors`. The first file is the list, the others are the module's.

FNR == 1 { first = NR == 1; if (!first) begin(FILENAME) }

# The list: a module's name, and behind it, indented, its folders from the lowest to the highest. Folders of one line may use
# each other.
first {
    sub(/#.*/, "")
    if ($0 ~ /^[^ \t]/) inModule = $1 == module
    else if (inModule && NF > 0) {
        floors++
        for (i = 1; i <= NF; i++) floorOf[$i] = floors
    }
    next
}

{ read(code($0)) }

END {
    for (folder in floorOf) {
        if (folder in isUsed) continue
        printf ".ci/floors.txt: %s has no folder %s\n", module, folder
        failed = 1
    }
    for (i = 1; i <= mentions; i++) {
        split(mention[i], part, SUBSEP)
        file = part[1]; line = part[2]; name = part[3]
        if (!(name in declared) || (file, name) in own) continue
        if (declared[name] > fileFloor[file]) {
            printf "%s:%d: %s is of a higher floor (%s)\n", file, line, name, home[name]
            failed = 1
        }
    }
    exit failed
}

# A file's floor is that of the longest listed folder that it is in; `.` stands for the module's own folder.
function begin(file,    folder) {
    folder = substr(file, length(root) + 1)
    sub(/\/?[^\/]*$/, "", folder)
    if (folder == "") folder = "."
    while (!(folder in floorOf) && folder ~ /\//) sub(/\/[^\/]*$/, "", folder)
    if (!(folder in floorOf)) {
        printf "%s: its folder is not in .ci/floors.txt\n", file
        failed = 1
    }
    fileFloor[file] = floorOf[folder]
    folderOf[file] = folder
    isUsed[folder] = 1
    depth = 0; comment = 0; nested = 0; state[0] = "code"
}

# The code of a line, with a space in the place of each comment and text. What a text takes in, as \(value), stays.
function code(line,    result, char, rest) {
    result = ""
    while (line != "") {
        if (comment > 0) {
            if (line ~ /^\*\//) { comment--; line = substr(line, 3) }
            else if (line ~ /^\/\*/) { comment++; line = substr(line, 3) }
            else line = substr(line, 2)
            continue
        }
        if (state[nested] != "code") {
            rest = substr(line, 1, 1 + length(hashes[nested]) + 1)
            if (rest == "\\" hashes[nested] "(") {
                line = substr(line, length(rest) + 1)
                nested++; state[nested] = "code"; parens[nested] = 0
                result = result " ("
            } else if (substr(line, 1, length(state[nested])) == state[nested]) {
                line = substr(line, length(state[nested]) + 1)
                nested--
            } else if (substr(line, 1, 1) == "\\" && hashes[nested] == "") line = substr(line, 3)
            else line = substr(line, 2)
            continue
        }
        if (match(line, /^[^"#\/()]+/)) {
            result = result substr(line, 1, RLENGTH)
            line = substr(line, RLENGTH + 1)
        } else if (line ~ /^\/\//) line = ""
        else if (line ~ /^\/\*/) { comment++; line = substr(line, 3) }
        else if (match(line, /^#*"""/)) open(line, RLENGTH - 3, "\"\"\"")
        else if (match(line, /^#*"/)) open(line, RLENGTH - 1, "\"")
        else {
            char = substr(line, 1, 1)
            if (nested > 0 && char == "(") parens[nested]++
            if (nested > 0 && char == ")" && --parens[nested] < 0) nested--
            result = result char
            line = substr(line, 2)
        }
        if (opened) { line = substr(line, opened + 1); opened = 0; result = result " " }
    }
    return result
}

# Begins a text that these hashes and quotes begin.
function open(line, count, quotes) {
    opened = count + length(quotes)
    nested++
    hashes[nested] = substr(line, 1, count)
    state[nested] = quotes hashes[nested]
}

# Keeps the types that a line declares, and the names in it.
function read(line,    word, before, gap, keyword, isPrivate) {
    before = ""
    keyword = ""
    isPrivate = line ~ /(^|[ \t])(private|fileprivate)[ \t]/
    while (match(line, /[A-Za-z_][A-Za-z0-9_]*/)) {
        gap = substr(line, 1, RSTART - 1)
        count(gap)
        before = before gap
        word = substr(line, RSTART, RLENGTH)
        line = substr(line, RSTART + RLENGTH)
        if (keyword ~ /^(struct|class|enum|actor|protocol|typealias|associatedtype)$/ && word !~ /^(func|var|let|subscript)$/) {
            own[FILENAME, word] = 1
            if (depth == 0 && !isPrivate) { declared[word] = fileFloor[FILENAME]; home[word] = folderOf[FILENAME] }
        } else if (word ~ /^[A-Z]/) {
            if (before !~ /(^|[^.])\.$/) mention[++mentions] = FILENAME SUBSEP FNR SUBSEP word
        }
        keyword = word
        before = substr(before word, length(before word) - 8)
    }
    count(line)
}

# Follows the braces.
function count(text) { depth += gsub(/{/, "", text) - gsub(/}/, "", text) }
