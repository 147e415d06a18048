# SPDX-License-Identifier: BSD-3-Clause
# usage: awk -f man.awk -v version=V src/carom-error.h src/carom-NAME.h >carom_NAME.3
#        awk -f man.awk -v what=links src/carom-error.h src/carom-NAME.h >>links
# The manual page of a public header: its declarations with the comments before and behind them, and
# the statuses that these name.  With what=links: a line "function page" for each function.
#
# A header is blocks between empty lines: a comment alone is text of the page, "---- words ----" a
# heading, any other belongs to the declarations up to the next comment or empty line.

BEGIN {
	split(version, part, ".")
	number["PACKAGE_VERSION"] = version
	number["CAROM_VERSION_MAJOR"] = part[1]
	number["CAROM_VERSION_MINOR"] = part[2]
	number["CAROM_VERSION_PATCH"] = part[3]
}

NR == FNR && match($0, /X\([A-Z_]+, -?[0-9]+, "[^"]*"/) {
	split(substr($0, RSTART + 2, RLENGTH - 2), part, /, *"?|"/)
	n_statuses++
	status_name[n_statuses] = part[1]
	status_text[n_statuses] = part[3]
}

NR == FNR { next }

{
	for (i in number)
		gsub("@" i "@", number[i])
	line[++n_lines] = $0
}

END {
	WIDTH = 73 # of 80, indented by 7
	page = FILENAME
	sub(/^.*\//, "", page)
	sub(/\.h.*/, "", page)
	gsub(/-/, "_", page)
	read_header()
	if (what == "links")
		print_links()
	else
		print_page()
}

# ---- the header ----

function read_header()
{
	at = 2
	duty = read_comment()
	while (at <= n_lines) {
		if (line[at] == "") {
			end_group()
			at++
		} else if (line[at] ~ /^\/\*/)
			take_comment(read_comment())
		else if (line[at] ~ /^#include "carom-/)
			take_include(line[at++])
		else if (line[at] ~ /^#(if|endif|include)|^#define CAROM_[A-Z]+_H$|^extern|^}$/)
			at++
		else
			take_declaration()
	}
	end_group()
}

# The comment that begins at this line, without what frames it.
function read_comment(    text, l, is_last)
{
	do {
		l = line[at++]
		is_last = l ~ /\*\/$/
		sub(/ *\*\/$/, "", l)
		sub(/^\t*\/\*|^\t* \*/, "", l)
		sub(/^ /, "", l)
		text = text == "" ? l : text "\n" l
	} while (!is_last && at <= n_lines)
	return text
}

function take_comment(text)
{
	note_statuses(text)
	end_group()
	if (text ~ /^---- .* ----$/) {
		gsub(/^---- | ----$/, "", text)
		body = body ".SS " toupper(substr(text, 1, 1)) substr(text, 2) "\n"
		synopsis = synopsis (synopsis ~ /\n\n$/ ? "" : "\n")
	} else if (line[at] == "")
		body = body ".PP\n" paragraphs(text)
	else
		doc = text
}

function take_include(l)
{
	gsub(/^#include "|\.h"$/, "", l)
	gsub(/-/, "_", l)
	includes[++n_includes] = l
}

# One declaration, with the comment behind it: to its semicolon, or the end of a macro.
function take_declaration(    text, code, depth, is_macro, comment)
{
	is_macro = line[at] ~ /^#define/
	do {
		code = line[at]
		text = text == "" ? code : text "\n" code
		gsub(/\/\*.*/, "", code)
		depth += gsub(/[{]/, "{", code) - gsub(/[}]/, "}", code)
		at++
	} while (at <= n_lines && !(is_macro ? line[at - 1] !~ /\\$/ : depth == 0 && code ~ /[;}][ \t]*$/))
	if (text !~ /\n.*[}]|\\\n/ && match(text, /[ \t]*\/\*.*\*\/$/)) {
		comment = substr(text, RSTART)
		text = substr(text, 1, RSTART - 1)
		gsub(/^[ \t]*\/\* *| *\*\/$/, "", comment)
	}
	if (!is_macro)
		note_statuses(text " " comment)
	if (text ~ /^[^{]*\(/ && text !~ /^(typedef|struct [a-z_]* [{]|#)/)
		add_function(text, comment)
	else
		heads = heads (heads ~ /\.EE\n$/ ? "" : ".PP\n") code_block(text (comment == "" ? "" : " /* " comment " */"))
}

# The declarations so far and what was said of them.
function end_group()
{
	if (heads != "")
		body = body heads
	if (doc != "")
		body = body ".RS 4\n" paragraphs(doc) ".RE\n"
	heads = doc = ""
}

# Its prototype goes into the synopsis, its name and arguments above the text.
function add_function(text, comment,    name, list, n, i, argument)
{
	sub(/\n?[{].*/, ";", text) # an inline function
	sub(/^static inline /, "", text)
	gsub(/[ \t\n]+/, " ", text)
	synopsis = synopsis prototype(text)
	match(text, /carom_[a-z0-9_]+\(/)
	name = substr(text, RSTART, RLENGTH - 1)
	functions[++n_functions] = name
	n = split(substr(text, RSTART + RLENGTH), argument, /, |\);/)
	for (i = 1; i < n; i++) {
		sub(/^.*[ *]/, "", argument[i])
		if (argument[i] != "void")
			list = list (list == "" ? "" : ", ") "\\fI" escape(argument[i]) "\\fP"
	}
	heads = heads (heads != "" && heads !~ /\.EE\n$/ ? ".br\n" : ".PP\n") "\\fB\\%" name "\\fP(" list ")\n"
	if (comment != "")
		heads = heads "\\(em\n" mark_up(comment) "\n"
}

function note_statuses(text,    i)
{
	for (i = 1; i <= n_statuses; i++)
		if (text ~ ("(^|[^\"A-Z])" status_name[i] "($|[^A-Z_\"])") && status_name[i] != "OK")
			is_named[i] = ++n_named
}

# ---- text ----

# awks disagree about backslashes in what gsub puts in.
function replace(text, from, to,    i, out)
{
	while ((i = index(text, from)) > 0) {
		out = out substr(text, 1, i - 1) to
		text = substr(text, i + length(from))
	}
	return out text
}

function escape(text)
{
	text = replace(text, "\\", "\\e")
	text = replace(text, "-", "\\-")
	text = replace(text, "^", "\\(ha")
	text = replace(text, "~", "\\(ti")
	text = replace(text, "`", "\\(ga")
	return replace(text, "–", "\\(en")
}

# A line that is no request whatever it begins with.
function no_request(l)
{
	return l ~ /^['.]/ ? "\\&" l : l
}

# Lines of C.
function verbatim(text,    n, l, i, out)
{
	n = split(replace(escape(text), "'", "\\(aq"), l, "\n")
	for (i = 1; i <= n; i++)
		out = out no_request(l[i]) "\n"
	return out
}

# A comment's text: filled; what is indented by a tab stays in its lines.
function paragraphs(text,    n, l, i, out, is_code)
{
	n = split(text, l, "\n")
	for (i = 1; i <= n; i++) {
		if ((l[i] ~ /^\t/) != is_code) {
			is_code = !is_code
			out = out (is_code ? ".RS 4\n.EX\n" : ".EE\n.RE\n")
		}
		if (is_code)
			out = out verbatim(wrap(substr(l[i], 2), WIDTH - 8, "", "    "))
		else if (l[i] == "")
			out = out (l[i + 1] ~ /^\t/ ? "" : ".PP\n")
		else
			out = out mark_up(l[i]) "\n"
	}
	return out (is_code ? ".EE\n.RE\n" : "")
}

# Statuses as the enumerators are called; functions in bold; neither is broken.
function mark_up(l,    n, word, i, out)
{
	n = split(escape(l), word, " ")
	for (i = 1; i <= n; i++) {
		if (word[i] ~ /^\(?ERROR_/)
			word[i] = replace(word[i], "ERROR_", "\\%CAROM_ERROR_")
		if (word[i] ~ /^\(?carom_[a-z0-9_]+[,.;:)]*$/ && match(word[i], /carom_[a-z0-9_]+/))
			word[i] = substr(word[i], 1, RSTART - 1) "\\fB\\%" \
				substr(word[i], RSTART, RLENGTH) "\\fP" substr(word[i], RSTART + RLENGTH)
		out = out (i > 1 ? " " : "") word[i]
	}
	return no_request(out)
}

# Words in lines of this width, each line behind the prefix, the first one behind first.
function wrap(text, width, first, prefix,    n, word, i, l, out)
{
	n = split(text, word, / /)
	l = first word[1]
	for (i = 2; i <= n; i++)
		if (length(l " " word[i]) > width) {
			out = out l "\n"
			l = prefix word[i]
		} else
			l = l " " word[i]
	return out l
}

# A declaration broken between arguments, or behind the parenthesis.
function wrap_arguments(text)
{
	gsub(/ /, "\001", text)
	gsub(/,\001/, ", ", text)
	if (index(text, " ") > WIDTH || !index(text, " "))
		sub(/\(/, "( ", text)
	text = wrap(text, WIDTH, "", "        ")
	sub(/\( /, "(", text)
	gsub(/\001/, " ", text)
	return text
}

function prototype(text)
{
	return "\\fB" replace(wrap_arguments(text), "\n", "\\fP\n\\fB") "\\fP\n"
}

# A definition as it is in the header, but for lines that are too long.
function code_block(text,    n, l, i, out, indent, comment, tail)
{
	n = split(text, l, "\n")
	for (i = 1; i <= n; i++) {
		gsub(/\t/, "    ", l[i])
		tail = sub(/ *\\$/, "", l[i]) ? " \\" : ""
		match(l[i], /^ */)
		indent = substr(l[i], 1, RLENGTH)
		if (l[i] ~ /^ *\/\*/) {
			comment = l[i]
			while (comment !~ /\*\/$/)
				comment = comment "\n" l[++i]
			out = out comment_block(comment, indent, "")
		} else if (length(l[i]) > WIDTH - 2 && match(l[i], / *\/\*.*\*\//)) {
			comment = substr(l[i], RSTART)
			out = out comment_block(comment, indent, text ~ /^#/ ? " \\" : "")
			out = out verbatim(substr(l[i], 1, RSTART - 1) tail)
		} else
			out = out verbatim(wrap_line(l[i], text ~ /^#/ || l[i] ~ /^#/) tail)
	}
	return ".EX\n" out ".EE\n"
}

function wrap_line(text, is_macro)
{
	if (!is_macro)
		return wrap_arguments(text)
	return replace(wrap(text, WIDTH - 2, "", "        "), "\n", " \\\n")
}

# The comment in lines that are not too long, each before the tail.
function comment_block(text, indent, tail,    n, part, i, prefix, out)
{
	gsub(/^ *\/\*[ \t\n]*(\* )?|[ \t\n]*\*\/$/, "", text)
	gsub(/\n[ \t]*\* ?/, "\n", text)
	n = split(text, part, "\n\n")
	for (i = 1; i <= n; i++) {
		prefix = indent (i == 1 ? "/* " : " * ")
		gsub(/\n/, " ", part[i])
		out = out (i == 1 ? "" : "\n" indent " *\n") wrap(part[i], WIDTH, prefix, indent " * ")
	}
	out = out (out ~ /\n/ || length(out " */") > WIDTH ? "\n" indent " */" : " */")
	return verbatim(replace(out, "\n", tail "\n") tail)
}

# ---- what is printed ----

function print_links(    i)
{
	for (i = 1; i <= n_functions; i++)
		if (functions[i] != page)
			print functions[i], page
}

function print_page()
{
	print ".\\\" SPDX-License-Identifier: BSD-3-Clause"
	print ".\\\" Made from the header by docs/man.awk."
	print ".TH " page " 3 \"\" \"carom " version "\" \"Library Functions\""
	print_name()
	print ".SH SYNOPSIS\n.nf\n.B #include <carom.h>"
	printf "%s", (synopsis ~ /^\n/ ? "" : "\n") synopsis
	print ".fi\n.SH DESCRIPTION"
	printf "%s", body
	print_errors()
	print_see_also()
}

function print_name(    text)
{
	text = duty
	sub(/\.$/, "", text)
	print ".ad l\n.SH NAME\n" page " \\- " tolower(substr(text, 1, 1)) escape(substr(text, 2))
}

function print_errors(    i)
{
	if (!n_named)
		return
	print ".SH ERRORS"
	print "A function that returns"
	print ".I int"
	print "and takes"
	print ".I err"
	print "returns 0 or one of the statuses, which are negative and in"
	print ".I err"
	print "with a text, where nothing else is said; one that allocates may also fail with"
	print ".BR CAROM_ERROR_MEMORY ."
	print "Those named above:"
	for (i = 1; i <= n_statuses; i++)
		if (i in is_named)
			print ".TP\n.B CAROM_" status_name[i] "\n" status_text[i]
}

function print_see_also(    i)
{
	print ".SH SEE ALSO"
	for (i = 1; i <= n_includes; i++)
		print ".BR " includes[i] " (3),"
	print ".BR carom (3),\n.BR carom (1)"
}
