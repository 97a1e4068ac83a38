#include "CPhoneNumber.h"
#include <phonenumbers/phonenumberutil.h>
int puente_phone_version(void) { return i18n::phonenumbers::PhoneNumberUtil::GetInstance() ? 1 : 0; }
