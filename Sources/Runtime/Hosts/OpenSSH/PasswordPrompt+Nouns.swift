extension PasswordPrompt {
  /// "Password" in all translations of Linux-PAM, and a few words more, in lower case.
  static let nouns = Set(words.map { question(in: $0) })

  private static let words = [
    "adgangskode", "awal n uɛeddi", "contrasenya", "contraseña", "contrasigno", "focal faire",
    "geslo", "hasło", "heslo", "iphasiwedi", "jelszó", "kata sandi", "lozinka", "lösenord",
    "mot de passe", "mật khẩu", "palavra-passe", "parola", "parool", "pasahitza", "passord",
    "password", "passwort", "pasvorto", "salasana", "senha", "slaptažodis", "wachtwoord", "şifrə",
    "κωδικός πρόσβασης", "лозинка", "парола", "пароль", "ססמה", "كلمة السر", "गुप्तशब्द", "शब्दकूट",
    "গুপ্তশব্দ", "পাসওয়ার্ড", "ਪਾਸਵਰਡ", "પાસવર્ડ", "ପ୍ରବେଶ ସଙ୍କେତ", "கடவுச்சொல்", "సంకేతపదము",
    "ಗುಪ್ತಪದ", "അടയാളവാക്ക്", "රහස්පදය", "პაროლი", "ពាក្យសម្ងាត់", "パスワード", "密码", "密碼", "비밀번호",
    "kennwort", "contrasinal", "kodeord", "parolă", "parole", "lykilorð", "pasfhocal",
    "cyfrinair", "fjalëkalimi", "şifre", "kata laluan", "katalaluan", "συνθηματικό", "нууц үг",
    "गुप्त शब्द", "पासवर्ड", "कूटशब्द", "รหัสผ่าน", "գաղտնաբառ", "گذرواژه", "رمز عبور",
    "كلمة المرور", "סיסמה", "סיסמא", "口令", "암호",
  ]
}
